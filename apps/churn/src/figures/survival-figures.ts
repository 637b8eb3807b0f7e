import type { Durations } from '@churn/core';
import type { Config } from '../config/config.js';
import type { LabelledRows } from '../training/dataset.js';
import type { EvaluatedSurvivalModel } from '../training/evaluate-survival.js';
import { type Figure, withOwnIds } from './figure.js';
import { importanceFigures, permutationFigure } from './importance-figures.js';

/** What models of times go by. */
export function survivalFigures(
  models: readonly EvaluatedSurvivalModel[],
  best: EvaluatedSurvivalModel,
  test: LabelledRows<Durations>,
  { seed }: Pick<Config, 'seed'>,
): Figure[] {
  return withOwnIds([
    ...models.flatMap(({ name, pipeline }) => importanceFigures(name, pipeline)),
    permutationFigure(
      best,
      test,
      { scoring: 'concordance', called: 'the concordance', measure: 'fall of the concordance' },
      seed,
    ),
  ]);
}
