import { checkedConfig } from './config';

const value = { file: 'd.csv', target: { value: 'spend' } };
const check = (more: object, data: object = value) => checkedConfig({ data, ...more }, 'c.yaml');

it('tells a value from classes, and decides by what goes with it', () => {
  const { data, crossValidation } = check({});
  expect([data.target, data.task, crossValidation.scoring]).toEqual(['spend', 'value', ['r2']]);
  const classes = check({}, { file: 'd.csv', target: ' left ' });
  expect([classes.data.target, classes.data.task]).toEqual(['left', 'classes']);
  expect(classes.crossValidation.scoring).toEqual(['rocAuc']);
});

it.each<[string, object, object, string]>([
  ['a label to find', {}, { ...value, positive: 'yes' }, 'data.positive: expected none'],
  ['a threshold', { threshold: { maximise: 'f1' } }, value, 'threshold: expected none'],
  [
    'costs',
    { monitoring: { costs: { falsePositive: 1, falseNegative: 2 } } },
    value,
    'monitoring.costs: expected none, since data.target is a value, which has no classes',
  ],
  [
    'a scorer of classes',
    { crossValidation: { scoring: ['r2', 'f1'] } },
    value,
    'crossValidation.scoring: expected one of r2, ',
  ],
  [
    'a gate of classes',
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
    'a regressor of classes',
    { models: { one: { type: 'DummyRegressor' } } },
    { file: 'd.csv', target: 'left' },
    'models.one.type: expected one of DecisionTreeClassifier,',
  ],
  [
    'a scorer of values for classes',
    { crossValidation: { scoring: 'r2' } },
    { file: 'd.csv', target: 'left' },
    'crossValidation.scoring: expected one of rocAuc,',
  ],
])('refuses %s', (_, more, data, message) => {
  expect(() => check(more, data)).toThrow(message);
});
