import { ChurnError } from '@churn/core';
import { lower, remainingOf, type SurvivalLoweringOptions } from '@churn/exchange';
import type { ModelToExport } from './export-target.js';

/**
 * A model as a program.
 * @param only whether it is written without the steps before it.
 * @throws `unsupported` if that would leave out what it decides by; what `lower` throws.
 */
export function loweredModel(model: ModelToExport, only?: 'model'): ReturnType<typeof lower> {
  const byGroup = model.task === 'classes' ? model.byGroup : undefined;
  if (only === undefined) return lower(byGroup ?? model.model, survivalOptions(model));
  if (byGroup) {
    throw new ChurnError(
      'unsupported',
      `--only ${only}: the model decides by the groups of the raw column ${JSON.stringify(byGroup.by)}, which it does not have without its steps; expected the whole pipeline`,
    );
  }
  return lower(model.model.model, survivalOptions(model));
}

/** Of a model of times, what `churn predict` tells, by the same names. */
function survivalOptions(model: ModelToExport): SurvivalLoweringOptions {
  if (model.task !== 'survival') return {};
  const { horizons, elapsed } = model.durations;
  const remaining = remainingOf(model.model);
  return { horizons, remaining, prefix: `${model.predicts}_`, ...(elapsed !== undefined && { elapsed }) };
}
