import type { Amounts } from '@churn/core';
import { histogramChart } from '@churn/eda';
import type { Config } from '../config/config.js';
import type { LabelledRows } from '../training/dataset.js';
import type { EvaluatedValueModel } from '../training/evaluate-values.js';
import { type Figure, withOwnIds } from './figure.js';
import { importanceFigures, permutationFigure } from './importance-figures.js';

/** How well the best model of values does on the test rows, and what the models go by. */
export function valueFigures(
  models: readonly EvaluatedValueModel[],
  best: EvaluatedValueModel,
  test: LabelledRows<Amounts>,
  { seed }: Pick<Config, 'seed'>,
): Figure[] {
  return withOwnIds([
    residualFigure(best, test.y),
    ...models.flatMap(({ name, pipeline }) => importanceFigures(name, pipeline)),
    permutationFigure(best, test, { scoring: 'r2', called: 'r2', measure: 'fall of r2' }, seed),
  ]);
}

function residualFigure({ name, evaluation }: EvaluatedValueModel, { values }: Amounts): Figure {
  const residuals = values.map((value, row) => value - evaluation.predicted[row]);
  const title = `${name}: residuals of test rows`;
  return {
    id: 'residuals',
    section: 'errors',
    alt: `${title}, what was less what was predicted`,
    chart: histogramChart('residual', residuals, { title, unit: 'actual - predicted' }),
  };
}
