import { checkedConfig } from './config';

const value = { file: 'd.csv', target: { value: 'spend' } };
const check = (more: object, data: object = value) => checkedConfig({ data, ...more }, 'c.yaml');

it('distinguishes regression from classification by the keys that accompany the target', () => {
  const { data, crossValidation } = check({});
  expect([data.target, data.task, crossValidation.scoring]).toEqual(['spend', 'value', ['r2']]);
  const classes = check({}, { file: 'd.csv', target: ' left ' });
  expect([classes.data.target, classes.data.task]).toEqual(['left', 'classes']);
  expect(classes.crossValidation.scoring).toEqual(['rocAuc']);
});

it.each<[string, object, object, string]>([
  ['a positive label', {}, { ...value, positive: 'yes' }, 'data.positive: expected none'],
  ['a threshold', { threshold: { maximise: 'f1' } }, value, 'threshold: expected none'],
  [
    'costs',
    { monitoring: { costs: { falsePositive: 1, falseNegative: 2 } } },
    value,
    'monitoring.costs: expected none, since data.target is a value, which has no classes',
  ],
  [
    'a classification scorer',
    { crossValidation: { scoring: ['r2', 'f1'] } },
    value,
    'crossValidation.scoring: expected one of r2, ',
  ],
  [
    'a classification gate',
    { registry: { gate: { metric: 'rocAuc' } } },
    value,
    'registry.gate.metric: expected',
  ],
  [
    'a classifier',
    { models: { one: { type: 'GaussianNB' } } },
    value,
    'since data.target is a value, got GaussianNB',
  ],
  [
    'a column of another kind',
    {},
    { ...value, columns: { spend: { kind: 'category' } } },
    'data.columns.spend.kind: expected numeric, since data.target is a value, got category',
  ],
  [
    'a target of another shape',
    {},
    { file: 'd.csv', target: ['spend'] },
    'data.target: expected the name of',
  ],
  ['a misspelt key', {}, { file: 'd.csv', target: { valeu: 'spend' } }, 'valeu'],
  [
    'a classification regressor',
    { models: { one: { type: 'DummyRegressor' } } },
    { file: 'd.csv', target: 'left' },
    'models.one.type: expected one of DecisionTreeClassifier,',
  ],
  [
    'a regression scorer for classification',
    { crossValidation: { scoring: 'r2' } },
    { file: 'd.csv', target: 'left' },
    'crossValidation.scoring: expected one of rocAuc,',
  ],
])('rejects %s', (_, more, data, message) => {
  expect(() => check(more, data)).toThrow(message);
});

const durations = { duration: 'days', event: 'left', horizon: '90 days' };
const times = (more: object) => ({ file: 'd.csv', target: { ...durations, ...more } });

it('distinguishes survival from classification and regression', () => {
  const { data, crossValidation } = check({}, { ...times({}), positive: 'yes' });
  expect([data.target, data.task, data.durations]).toEqual([
    'days',
    'survival',
    { event: 'left', horizons: [90], unit: 'days' },
  ]);
  expect(crossValidation.scoring).toEqual(['concordance']);
  const several = { duration: 'days', event: 'left', horizons: [90, 30, 30], elapsed: 'since' };
  expect(check({}, { file: 'd.csv', target: several }).data.durations).toEqual({
    event: 'left',
    elapsed: 'since',
    horizons: [30, 90],
  });
  const models = {
    cox: { type: 'CoxRegression' },
    trees: { type: 'GradientBoostingClassifier', nIntervals: 10 },
  };
  expect(check({ models }, times({})).models).toMatchObject({ trees: { nIntervals: [10] } });
});

it.each<[string, object, object, string]>([
  [
    'no event',
    {},
    { file: 'd.csv', target: { duration: 'days', horizon: 3 } },
    'data.target.event: expected text',
  ],
  ['no horizon', {}, times({ horizon: undefined }), 'data.target.horizon: expected the time within which'],
  [
    'two definitions of the horizon',
    {},
    times({ horizons: [1] }),
    'data.target.horizon: expected the time within which',
  ],
  ['a horizon of 0', {}, times({ horizon: 0 }), 'data.target.horizon: expected a number above 0 such as 90'],
  ['a horizon as text', {}, times({ horizon: 'soon' }), 'one with its unit such as 90 days, got "soon"'],
  [
    'inconsistent units',
    {},
    times({ horizon: undefined, horizons: ['3 days', '1 year'] }),
    'expected the same unit for all horizons, got days and year',
  ],
  [
    'one column with two roles',
    {},
    times({ event: 'days' }),
    'data.target.event: expected a column each, got "days" twice',
  ],
  ['a misspelt key', {}, times({ entri: 'a' }), 'data.target: unknown key "entri"; did you mean "entry"?'],
  [
    'a threshold for survival',
    { threshold: { maximise: 'f1' } },
    times({}),
    'since data.target is a duration, which has no classes',
  ],
  [
    'a classification scorer',
    { crossValidation: { scoring: 'rocAuc' } },
    times({}),
    'expected one of concordance, integratedBrierScore, concordanceUno, got "rocAuc"',
  ],
  [
    'a regressor',
    { models: { one: { type: 'Ridge' } } },
    times({}),
    'since data.target is a duration, got Ridge',
  ],
  [
    'intervals for classification',
    { models: { one: { type: 'GradientBoostingClassifier', nIntervals: 3 } } },
    { file: 'd.csv', target: 'left' },
    'models.one.nIntervals: expected none, since data.target is a column of classes',
  ],
  [
    'an entry that is not a number',
    {},
    { ...times({ entry: 'since' }), columns: { days: { kind: 'numeric' }, since: { kind: 'category' } } },
    'data.columns.since.kind: expected numeric, since it is a time, got category',
  ],
  ['no target', {}, { file: 'd.csv' }, 'data.target: expected text, got nothing'],
])('rejects %s', (_, more, data, message) => {
  expect(() => check(more, data)).toThrow(message);
});

it('accepts scorers of risk and survival for promotions', () => {
  const metrics = ['concordance', 'integratedBrierScore'];
  const gate = (metric: string) => ({ registry: { gate: { metric } } });
  expect(metrics.map((each) => check(gate(each), times({})).registry.gate?.metric)).toEqual(metrics);
});

it("rejects Uno's concordance and the Brier score with left truncation", () => {
  const brier = { crossValidation: { scoring: 'integratedBrierScore' } };
  expect(check(brier, times({})).crossValidation.scoring).toEqual(['integratedBrierScore']);
  expect(() => check(brier, times({ entry: 'since' }))).toThrow(
    'the weights of integratedBrierScore ignore data.target.entry',
  );
  const scoring = { crossValidation: { scoring: ['concordance', 'concordanceUno'] } };
  expect(check(scoring, times({})).crossValidation.scoring).toHaveLength(2);
  expect(() => check(scoring, times({ entry: 'since' }))).toThrow(
    'crossValidation.scoring: expected concordance, since the weights of concordanceUno ignore data.target.entry',
  );
});
