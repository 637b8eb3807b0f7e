import { Durations, Labels, Random, Table, TargetValues } from '@churn/core';
import { classGroups, survivalGroups, valueGroups } from './group-report';

const random = new Random(5);
const n = 240;
const region = Array.from({ length: n }, (_, row) => (row % 3 === 0 ? 'north' : 'south'));
const groups = Table.fromColumns({ region });
const rowsOf = ([{ groups: found }]: readonly { readonly groups: readonly { rows: number }[] }[]) =>
  found.map(({ rows }) => rows);

it('measures predicted classes and probabilities of two classes', () => {
  const y = Labels.from(
    Array.from({ length: n }, (_, row) => (row % 2 ? 'yes' : 'no')),
    ['no', 'yes'],
  );
  // All is known of the south, nothing of the north.
  const yes = Float64Array.from(y.codes, (code, row) =>
    region[row] === 'south' ? 0.25 + code / 2 : random.int(100) / 400,
  );
  const predicted = Labels.from(
    Array.from(yes, (p) => (p > 0.5 ? 'yes' : 'no')),
    ['no', 'yes'],
  );
  const probabilities = [yes.map((p) => 1 - p), yes];
  const found = classGroups(groups, y, { predicted, probabilities }, 1);
  expect(rowsOf(found)).toEqual([80, 160]);
  const [north, south] = found[0].groups;
  expect(Object.keys(south.metrics)).toEqual([
    ...['positiveRate', 'selectionRate', 'recall', 'precision', 'falsePositiveRate', 'rocAuc'],
  ]);
  expect([north.metrics.recall?.value, south.metrics.recall?.value, south.metrics.rocAuc?.value]).toEqual([
    0, 1, 1,
  ]);
  expect([north.metrics.positiveRate?.value, north.metrics.precision]).toEqual([0.5, null]);
  expect(found[0].disparity.recall).toMatchObject({ lowest: 'north', highest: 'south', difference: 1 });
  expect(classGroups(groups, y, { predicted, probabilities }, 1)).toEqual(found);
});

it('measures accuracy and log loss of more classes', () => {
  const y = Labels.from(Array.from({ length: n }, (_, row) => 'abc'[(row >> 1) % 3]));
  const probabilities = [0, 1, 2].map((code) =>
    Float64Array.from(y.codes, (each) => (each === code ? 0.8 : 0.1)),
  );
  const [{ overall }] = classGroups(groups, y, { predicted: y, probabilities }, 1);
  expect(overall.accuracy.value).toBe(1);
  expect(overall.logLoss.value).toBeCloseTo(-Math.log(0.8), 12);
});

it('measures values, and the sign of errors', () => {
  const y = TargetValues.from(Float64Array.from({ length: n }, () => 100 + random.normal()));
  const predicted = y.values.map((value, row) => value + (region[row] === 'north' ? 5 : -1));
  const [{ groups: found, disparity }] = valueGroups(groups, y, predicted, 1);
  expect(found.map(({ metrics }) => Number(metrics.bias?.value.toFixed(9)))).toEqual([5, -1]);
  expect(disparity.meanAbsoluteError?.difference).toBeCloseTo(4, 9);
});

it('measures the concordance of events', () => {
  const durations = Float64Array.from({ length: n }, () => 1 + random.int(1000));
  const y = Durations.from({ durations, events: Array.from(durations, () => true) });
  const [{ groups: found }] = survivalGroups(
    groups,
    y,
    durations.map((time) => -time),
    1,
  );
  expect(found.map(({ metrics }) => metrics.concordance?.value)).toEqual([1, 1]);
});
