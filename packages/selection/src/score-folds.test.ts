import { Labels, Random, Table, TargetValues } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { crossValPredict } from './cross-val-predict.js';
import { crossValScore } from './cross-val-score.js';
import { scoreFolds } from './score-folds.js';
import { KFold } from './splitters/k-fold.js';
import { StratifiedKFold } from './splitters/stratified-k-fold.js';

const random = new Random(3);
const n = 90;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a });
const y = Labels.from(
  Array.from(a, (value) => value + random.normal() > 0),
  [false, true],
);

it.each(['rocAuc', 'logLoss', 'f1'] as const)('equals %s of crossValScore', (scoring) => {
  const cv = new StratifiedKFold({ nSplits: 3, shuffle: true, seed: 5 });
  const predictions = crossValPredict(new LogisticRegression(), x, y, { cv });
  const { folds, mean } = scoreFolds(y, predictions, cv.split(x, y), scoring);
  const expected = crossValScore(new LogisticRegression(), x, y, { cv, scoring });
  expect(folds).toEqual(expected);
  expect(mean).toBeCloseTo(expected.reduce((sum, each) => sum + each, 0) / 3, 12);
});

it('scores regressions, and reports predictions that are not one per row', () => {
  const amounts = TargetValues.from([1, 2, 3, 4]);
  const splits = new KFold({ nSplits: 2 }).split(Table.fromColumns({ a: [1, 2, 3, 4] }));
  expect(scoreFolds(amounts, [[1, 3, 3, 6]], splits, 'meanAbsoluteError')).toEqual({
    folds: [0.5, 1],
    mean: 0.75,
    std: 0.25,
  });
  expect(() => scoreFolds(amounts, [[1, 2]], splits)).toThrow('expected 4 predictions, one per row, got 2');
});
