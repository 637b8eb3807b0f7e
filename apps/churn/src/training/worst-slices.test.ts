import { Labels, Table, TargetValues } from '@churn/core';
import { logLoss } from '@churn/selection';
import type { Split } from './dataset';
import { classSlices, valueSlices } from './worst-slices';

const n = 400;
const region = Array.from({ length: n }, (_, row) => (row % 4 === 0 ? 'north' : 'south'));
const splitOf = <T extends Labels | TargetValues>(y: T) =>
  ({
    test: { x: Table.fromColumns({ age: Array.from({ length: n }, (_, row) => row % 60) }), y },
    testGroups: Table.fromColumns({ region }),
  }) as unknown as Split<T>;

it('finds where probabilities are worst, also by columns that are not features', () => {
  const y = Labels.from(
    Array.from({ length: n }, (_, row) => 'ny'[(row >> 1) % 2]),
    ['n', 'y'],
  );
  const yes = Float64Array.from(y.codes, (code, row) => (region[row] === 'north' ? 0.5 : 0.1 + 0.8 * code));
  const probabilities = [yes.map((p) => 1 - p), yes];
  const { overall, slices } = classSlices(splitOf(y), probabilities, 1);
  expect(slices.map(({ text }) => text)).toEqual(['region is north']);
  expect(slices[0].meanLoss).toBeCloseTo(Math.LN2, 12);
  expect(overall.meanLoss).toBeCloseTo(logLoss(y, probabilities), 1);
});

it('finds where errors are largest', () => {
  const y = TargetValues.from(Float64Array.from({ length: n }, (_, row) => row));
  const predicted = y.values.map((value, row) => value + (row % 60 > 40 ? 9 : row % 2));
  const [worst] = valueSlices(splitOf(y), predicted, 1).slices;
  expect(worst.text).toBe('age > 40');
  expect(worst.meanLoss).toBe(9);
});
