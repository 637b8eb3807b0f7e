import { Pipeline, type Regressor } from '@churn/core';
import {
  DecisionTreeRegressor,
  DummyRegressor,
  ElasticNet,
  ExtraTreesRegressor,
  GammaRegressor,
  GradientBoostingRegressor,
  Lasso,
  LinearRegression,
  PoissonRegressor,
  RandomForestRegressor,
  Ridge,
  regressors,
  StackingRegressor,
  SVR,
  TransformedTargetRegressor,
  TweedieRegressor,
  VotingRegressor,
} from '@churn/models';
import { ConformalRegressor } from '@churn/selection';
import { MeanImputer, SelectColumns, StandardScaler } from '@churn/transforms';
import { expectedRows, requireClose } from '../../testing/close-rows.js';
import { runRows } from '../../testing/run-module.js';
import { sampleTable } from '../../testing/sample-tables.js';
import { lower } from './lower.js';
import { regressorLowerings } from './regressors.js';
import { unsupportedClasses } from './unsupported.js';

const train = sampleTable({ nRows: 150, seed: 1 });
const wild = sampleTable({ nRows: 200, seed: 2, wild: true });
const amounts = Array.from({ length: train.nRows }, (_, row) => 1 + ((row * row) % 17));

const tried: Readonly<Record<string, readonly Regressor[]>> = {
  ConformalRegressor: [new ConformalRegressor({ regressor: new DecisionTreeRegressor() })],
  DecisionTreeRegressor: [new DecisionTreeRegressor({ minSamplesLeaf: 2 })],
  DummyRegressor: [new DummyRegressor()],
  ElasticNet: [new ElasticNet()],
  ExtraTreesRegressor: [new ExtraTreesRegressor({ nEstimators: 8 })],
  GammaRegressor: [new GammaRegressor()],
  GradientBoostingRegressor: (['squaredError', 'absoluteError', 'poisson'] as const).map(
    (loss) => new GradientBoostingRegressor({ nEstimators: 6, loss }),
  ),
  Lasso: [new Lasso()],
  LinearRegression: [new LinearRegression()],
  PoissonRegressor: [new PoissonRegressor()],
  RandomForestRegressor: [new RandomForestRegressor({ nEstimators: 8, criterion: 'poisson' })],
  Ridge: [new Ridge()],
  StackingRegressor: [new StackingRegressor({ regressors: [new Ridge(), new PoissonRegressor()] })],
  SVR: [
    new SVR({ epsilon: 2 }),
    new SVR({ kernel: 'linear' }),
    new SVR({ kernel: 'poly', degree: 2, C: 0.1 }),
    new SVR({ epsilon: 100 }),
  ],
  TransformedTargetRegressor: (['log', 'log1p', 'sqrt'] as const).map(
    (func) => new TransformedTargetRegressor({ regressor: new Ridge(), func }),
  ),
  TweedieRegressor: [new TweedieRegressor({ power: 1.5 })],
  VotingRegressor: [new VotingRegressor({ regressors: [new Ridge(), new Lasso()], weights: [3, 1] })],
};

test('each regressor is lowered and tested, or rejected with a reason', () => {
  const names = regressors.map(({ type }) => type);
  expect(names.filter((name) => !(name in regressorLowerings) && !(name in unsupportedClasses))).toEqual([]);
  expect(names.filter((name) => !(name in tried))).toEqual([]);
});

for (const [name, all] of Object.entries(tried)) {
  test.each(all.map((regressor, i) => [i + 1, regressor] as const))(
    `${name} %d: a program returns what the pipeline returns, and rejects the same rows`,
    (_, regressor) => {
      const processing = [new SelectColumns({ kind: 'numeric' }), new MeanImputer(), new StandardScaler()];
      const fitted = new Pipeline(processing, regressor).fit(train, amounts);
      const expected = expectedRows(wild, (part) => Array.from(fitted.predict(part)));
      const rows = runRows(fitted, wild.toRows());
      expect(rows.filter((row) => row !== undefined).length).toBeGreaterThan(40);
      rows.forEach((row, at) => {
        if (expected[at] === undefined) expect(row).toBeUndefined();
        else requireClose(row?.amount, expected[at], `row ${at}`);
      });
    },
  );
}

test('boosted regression of category columns', () => {
  const boosting = new GradientBoostingRegressor({ nEstimators: 6, categories: 'statistics' });
  const fitted = new Pipeline([], boosting).fit(train, amounts);
  const expected = fitted.predict(train);
  runRows(fitted, train.toRows()).forEach((row, at) => {
    requireClose(row?.amount, expected[at], `row ${at}`);
  });
  expect(new Set(expected).size).toBeGreaterThan(5);
});

test('rejects several quantiles and suggests an alternative', () => {
  const options = { loss: 'quantile', quantiles: [0.1, 0.9], nEstimators: 2 } as const;
  const fitted = new GradientBoostingRegressor(options).fit(train, amounts);
  expect(() => lower(fitted)).toThrow(/GradientBoostingRegressor: .*expected a single quantile/);
});
