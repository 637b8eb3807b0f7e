import {
  type FittedPipeline,
  Labels,
  Pipeline,
  parseModel,
  serializeModel,
  Table,
  TargetValues,
} from '@churn/core';
import { StandardScaler } from '@churn/transforms';
import { type FittedMeanRegressor, MeanRegressor } from '../../test/mean-regressor.js';
import { crossValPredict } from '../cross-val-predict.js';
import { crossValScore } from '../cross-val-score.js';
import { meanAbsoluteError } from '../metrics/mean-absolute-error.js';
import { r2 } from '../metrics/r2.js';
import { KFold } from '../splitters/k-fold.js';
import { inlineExecutor } from './executor.js';
import { gridSearch } from './grid-search.js';
import { halvingSearch } from './halving-search.js';

const n = 60;
const a = Float64Array.from({ length: n }, (_, i) => ((i * 17) % 23) - 11);
const x = Table.fromColumns({ a });
const y = TargetValues.from(a.map((value, i) => 5 + 2 * value + ((i * 7) % 5)));
const pipeline = ({ slope }: { slope: number }) => new MeanRegressor(slope);

it('a search chooses between regressors, by r2 over plain folds', async () => {
  const { best, candidates, model } = await gridSearch({ grid: { slope: [0, 1, 2, 3] }, pipeline }, x, y);
  expect(best.params).toEqual({ slope: 2 });
  expect(model.mean).toBeCloseTo(y.values.reduce((sum, value) => sum + value, 0) / n, 12);
  for (const { params, scores } of candidates) {
    const folds = new KFold().split(x).map(({ train, test }) => {
      const fitted = pipeline(params).fit(x.take(train), y.take(train));
      return r2(y.take(test), fitted.predict(x.take(test)));
    });
    expect(scores.r2.folds).toEqual(folds);
    expect(crossValScore(pipeline(params), x, y)).toEqual(folds);
  }
});

it('losses, weights and predictions work in regression as in classification', async () => {
  const sampleWeight = a.map((_, i) => 1 + (i % 3));
  const { best } = await gridSearch(
    { grid: { slope: [1, 2] }, pipeline, scoring: 'meanAbsoluteError', cv: 4, keepPredictions: true },
    x,
    y,
    { sampleWeight },
  );
  const [predicted] = best.predictions ?? [];
  expect(crossValPredict(pipeline(best.params), x, y, { cv: 4, sampleWeight })).toEqual([predicted]);
  const folds = new KFold({ nSplits: 4 }).split(x).map(({ test }) =>
    meanAbsoluteError(
      y.take(test),
      Float64Array.from(test, (row) => predicted[row]),
      { sampleWeight: Float64Array.from(test, (row) => sampleWeight[row]) },
    ),
  );
  expect(best.scores.meanAbsoluteError.folds).toEqual(folds);
});

it('halving samples rows in regression, and keeps the better candidates', async () => {
  const slopes = [0, 1, 1.5, 2, 2.5, 3, 4, 5, 6];
  const result = await halvingSearch(
    { candidates: slopes, pipeline: (slope) => new MeanRegressor(slope), executor: inlineExecutor },
    x,
    y,
  );
  expect(result.rounds.map(({ candidates }) => candidates.length)).toEqual([9, 3, 1]);
  expect(result.best.params).toBe(2);
});

it('the best pipeline of a search can be saved without a cast', async () => {
  const build = ({ slope }: { slope: number }) =>
    new Pipeline([new StandardScaler()], new MeanRegressor(slope));
  const { model } = await gridSearch({ grid: { slope: [1, 2] }, pipeline: build }, x, y);
  const fitted: FittedPipeline<FittedMeanRegressor> = model;
  const classes = [MeanRegressor, StandardScaler];
  const loaded = await parseModel(await serializeModel(model), classes, 'regressor');
  expect(loaded.model.predict(x)).toEqual(fitted.predict(x));
});

it('classification and regression targets are not interchangeable', async () => {
  const labels = Labels.from(Array.from(a, (value) => value > 0));
  const run = (scoring: 'rocAuc' | 'r2', target: TargetValues | Labels) =>
    gridSearch({ grid: { slope: [1] }, pipeline, scoring }, x, target);
  await expect(run('rocAuc', y)).rejects.toMatchObject({
    code: 'invalid-parameter',
    message: 'scoring: expected a scorer of values, got rocAuc, which scores classes',
  });
  await expect(run('r2', labels)).rejects.toMatchObject({ code: 'invalid-target' });
});
