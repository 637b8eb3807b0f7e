import { Random, Table } from '@churn/core';
import { setThreads } from '../threads/max-threads.js';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

// With fewer values, one thread is used.
const N = 24_000;
const random = new Random(7);
const numbers = Array.from({ length: 9 }, () => Float64Array.from({ length: N }, () => random.normal()));
numbers[3].forEach((_, row) => {
  if (row % 7 === 0) numbers[3][row] = Number.NaN;
});
const letters = Array.from({ length: N }, () => 'abcdefgh'[random.int(8)]);
const score = (row: number) =>
  numbers[0][row] * numbers[1][row] + numbers[2][row] + Number(letters[row] < 'c');
const x = Table.fromColumns([
  ...numbers.map((values, j): [string, Float64Array] => [`x${j}`, values]),
  ['letter', letters],
]);
const two = Array.from({ length: N }, (_, row) => Number(score(row) + random.normal() > 0.5));
const three = Array.from({ length: N }, (_, row) => Math.max(-1, Math.min(1, Math.round(score(row)))));

const cases: readonly [string, GradientBoostingOptions, number[]][] = [
  ['leaf by leaf', { growth: 'leaf' }, two],
  ['level by level', { growth: 'depth', maxFeaturesPerNode: 0.5 }, two],
  ['symmetrically', { growth: 'symmetric' }, two],
  ['of three classes', { growth: 'symmetric', maxDepth: 3 }, three],
  ['of drawn rows', { growth: 'leaf', subsample: 0.6, bootstrap: 'bayesian', pathSmoothing: 2 }, two],
  ['of bounded values', { growth: 'leaf', monotone: { x2: 1 }, interactions: [['x0', 'x1'], ['x2']] }, two],
  ['with rows held out', { earlyStopping: true, nIterNoChange: 3 }, two],
];

describe('GradientBoostingClassifier in threads', () => {
  afterEach(() => setThreads(null));

  it.each(cases)('grows trees %s that are the same for 1, 2 and 3 threads', (_, options, y) => {
    const models = [1, 2, 3].map((nJobs) => {
      const specification = new GradientBoostingClassifier({
        nEstimators: 4,
        categories: 'sets',
        ...options,
        nJobs,
      });
      return JSON.stringify(specification.fit(x, y).state);
    });
    expect(models[1]).toBe(models[0]);
    expect(models[2]).toBe(models[0]);
    setThreads(2);
    const { state } = new GradientBoostingClassifier({ nEstimators: 4, categories: 'sets', ...options }).fit(
      x,
      y,
    );
    expect(JSON.stringify(state)).toBe(models[0]);
  });
});
