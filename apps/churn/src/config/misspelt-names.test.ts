import { checkedConfig, quickConfig } from './config';

const CASE = { data: { file: 'a.csv', target: 'left', positive: 'yes' } };

function told(given: object): string {
  try {
    checkedConfig({ ...CASE, ...given }, 'c.yaml');
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

it.each<[object, string]>([
  [{ threshold: { maximize: 'f1' } }, 'c.yaml: threshold: unknown key "maximize"; did you mean "maximise"?'],
  [{ threshold: { maximise: 'yuden' } }, 'got "yuden"; did you mean youden?'],
  [{ threshold: { maximise: 'f1', parity: 'equalOportunity', by: 'a' } }, 'did you mean equalOpportunity?'],
  [{ crossValidation: { scoring: 'rocauc' } }, 'got "rocauc"; did you mean rocAuc?'],
  [{ crossValidation: { scoring: ['rocAuc', 'logloss'] } }, 'got "logloss"; did you mean logLoss?'],
  [{ registry: { gate: { metric: 'brier' } } }, 'registry.gate.metric: expected one of '],
  [{ preset: 'fats' }, 'got "fats"; did you mean fast?'],
  [{ models: 'atuo' }, 'models: '],
  [{ models: { a: { type: 'LogisticRegresion' } } }, 'did you mean LogisticRegression?'],
  [{ models: { a: { type: 'SVC', kernel: 'rfb' } } }, 'got "rfb"; did you mean rbf?'],
  [{ models: { a: { type: 'SVC', kernl: 'rbf' } } }, 'unknown key "kernl"; did you mean "kernel"?'],
  [{ models: { a: { type: 'RandomForestClassifier', maxFeatures: ['sqr'] } } }, 'did you mean sqrt?'],
  [{ processing: { encoding: { method: 'onehot' } } }, 'did you mean oneHot?'],
  [{ monitoring: { maxFall: { rocauc: 0.1 } } }, 'did you mean "rocAuc"?'],
  [
    { data: { ...CASE.data, columns: { a: { kind: 'numerical' } } } },
    'got "numerical"; did you mean numeric?',
  ],
  [{ data: { ...CASE.data, columns: { a: { knd: 'numeric' } } } }, 'did you mean kind?'],
])('%j: %s', (given, message) => {
  expect(told(given)).toContain(message);
});

it('suggests nothing if no name is similar', () => {
  expect(told({ preset: 'everything' })).toMatch(/got "everything"$/);
});

it('uses fewer folds with --quick', () => {
  const config = checkedConfig({ ...CASE, preset: 'best', crossValidation: { folds: 5 } }, 'c.yaml');
  expect(quickConfig(config)).toMatchObject({ preset: 'fast', crossValidation: { folds: 3 } });
  const two = checkedConfig({ ...CASE, crossValidation: { folds: 2 } }, 'c.yaml');
  expect(quickConfig(two).crossValidation.folds).toBe(2);
});
