import type { TargetValues } from '@churn/core';
import { coverageChart, intervalWidthChart, predictionErrorChart, residualChart } from '@churn/eda';
import type { Config } from '../config/config.js';
import { intervalCovers, intervalEnds, valueInterval } from '../model/value-interval.js';
import type { Split } from '../training/dataset.js';
import type { EvaluatedValueModel } from '../training/evaluate-values.js';
import { type Figure, withOwnIds } from './figure.js';
import { importanceFigures, permutationFigure } from './importance-figures.js';

/** The nominal coverages that are checked. */
const COVERAGES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** The figures of regression models: errors of the best model on test rows, and feature importance. */
export function valueFigures(
  models: readonly EvaluatedValueModel[],
  best: EvaluatedValueModel,
  { train, test }: Pick<Split<TargetValues>, 'train' | 'test'>,
  { seed }: Pick<Config, 'seed'>,
): Figure[] {
  return withOwnIds([
    ...errorFigures(best, test.y),
    coverageFigure(models, train.y, test.y),
    intervalFigure(best, test.y),
    ...models.flatMap(({ name, pipeline }) => importanceFigures(name, pipeline)),
    permutationFigure(best, test, { scoring: 'r2', called: 'r2', measure: 'decrease in r²' }, seed),
  ]);
}

function errorFigures(
  { name, evaluation: { predicted } }: EvaluatedValueModel,
  { values: actual }: TargetValues,
): Figure[] {
  const compared = `${name}: predicted and actual values of test rows`;
  const residuals = `${name}: residuals of test rows`;
  return [
    {
      id: 'predicted_actual',
      section: 'errors',
      alt: compared,
      chart: predictionErrorChart({ actual, predicted }, { title: compared }),
    },
    {
      id: 'residuals',
      section: 'errors',
      alt: `${residuals}, actual minus predicted`,
      chart: residualChart({ actual, predicted }, { title: residuals }),
    },
  ];
}

/** The observed coverage on test rows of intervals from out-of-fold residuals. */
function coverageFigure(
  models: readonly EvaluatedValueModel[],
  train: TargetValues,
  test: TargetValues,
): Figure {
  const named = models.map(({ name, predictions: [held], evaluation: { predicted } }) => ({
    name,
    nominal: COVERAGES,
    observed: COVERAGES.map((coverage) =>
      intervalCovers(valueInterval(train.values, held, { coverage }), test.values, predicted),
    ),
  }));
  return {
    id: 'interval_coverage',
    section: 'intervals',
    alt: 'Observed coverage of prediction intervals on test rows, by nominal coverage',
    chart: coverageChart(named),
  };
}

function intervalFigure(
  { name, evaluation, interval }: EvaluatedValueModel,
  { values: actual }: TargetValues,
): Figure {
  const { predicted } = evaluation;
  const title = `${name}: intervals of test rows by prediction`;
  return {
    id: 'interval_width',
    section: 'intervals',
    alt: `${title}: width and coverage`,
    chart: intervalWidthChart(
      {
        actual,
        predicted,
        ...intervalEnds(interval, predicted),
      },
      { title, coverage: interval.coverage },
    ),
  };
}
