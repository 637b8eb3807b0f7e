import { Table, TargetValues } from '@churn/core';
import { MeanRegressor } from '../test/mean-regressor.js';
import { learningCurve } from './learning-curve.js';
import { rootMeanSquaredError } from './metrics/root-mean-squared-error.js';
import { permutationImportance } from './permutation-importance.js';
import { permutationTestScore } from './permutation-test-score.js';
import { bayesSearch } from './search/bayes-search.js';
import { uniform } from './search/search-space.js';
import { KFold } from './splitters/k-fold.js';
import { StratifiedKFold } from './splitters/stratified-k-fold.js';
import { validationCurve } from './validation-curve.js';

const n = 60;
const a = Float64Array.from({ length: n }, (_, i) => ((i * 17) % 23) - 11);
const x = Table.fromColumns({ a, other: a.map((value, i) => (value * i) % 7) });
const y = TargetValues.from(a.map((value, i) => 5 + 2 * value + ((i * 7) % 5)));
const model = new MeanRegressor(2);
const scoring = 'rootMeanSquaredError';

it('a learning curve equals models fitted separately', () => {
  const { trainSizes, trainScores, testScores } = learningCurve(model, x, y, {
    cv: 3,
    trainSizes: [8, 1],
    scoring,
  });
  expect(trainSizes).toEqual([8, 40]);
  const [{ train, test }] = new KFold({ nSplits: 3 }).split(x);
  const first = train.slice(0, 8);
  const fitted = model.fit(x.take(first), y.take(first));
  const score = (rows: Int32Array) => rootMeanSquaredError(y.take(rows), fitted.predict(x.take(rows)));
  expect(trainScores[0][0]).toBeCloseTo(score(first), 12);
  expect(testScores[0][0]).toBeCloseTo(score(test), 12);
});

it('a validation curve is best at the correct slope', () => {
  const cv = new StratifiedKFold({ nSplits: 3, strata: 4 });
  const { testScores } = validationCurve((slope: number) => new MeanRegressor(slope), [1, 2, 3], x, y, {
    cv,
    scoring,
  });
  const means = testScores.map((folds) => folds.reduce((sum, score) => sum + score, 0));
  expect(means.indexOf(Math.min(...means))).toBe(1);
});

it('a permuted target is harder to predict', () => {
  const { score, pValue, permutationScores } = permutationTestScore(model, x, y, {
    nPermutations: 9,
    scoring,
  });
  expect(pValue).toBe(0.1);
  expect(Math.min(...permutationScores)).toBeGreaterThan(score);
});

it('a permuted column costs its information', () => {
  const fitted = model.fit(x, y);
  const [{ feature, mean }, ...others] = permutationImportance(fitted, x, y, { scoring, nRepeats: 3 });
  expect([feature, others]).toEqual(['a', []]);
  expect(mean).toBeGreaterThan(5);
});

it('a Bayes search approaches the correct slope', async () => {
  const space = { slope: uniform(-10, 10) };
  const pipeline = ({ slope }: { slope: number }) => new MeanRegressor(slope);
  const { best } = await bayesSearch({ space, pipeline, nCandidates: 40, scoring, cv: 3 }, x, y);
  expect(Math.abs(best.params.slope - 2)).toBeLessThan(1);
});
