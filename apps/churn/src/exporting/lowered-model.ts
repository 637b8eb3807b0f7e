import { ChurnError } from '@churn/core';
import { lower, remainingOf, type SurvivalLoweringOptions } from '@churn/exchange';
import type { ModelToExport } from './export-target.js';

/**
 * A model as a program.
 * @param only whether to leave out the steps before the model.
 * @throws `unsupported` if that would leave out the column of its groups; also as `lower` does.
 */
export function loweredModel(model: ModelToExport, only?: 'model'): ReturnType<typeof lower> {
  const byGroup = model.task === 'classes' ? model.byGroup : undefined;
  if (only === undefined) return lower(byGroup ?? model.model, survivalOptions(model));
  if (byGroup) {
    throw new ChurnError(
      'unsupported',
      `--only ${only}: expected the whole pipeline, since the thresholds depend on the raw column ${JSON.stringify(byGroup.by)}`,
    );
  }
  return lower(model.model.model, survivalOptions(model));
}

/** The outputs of a survival model, named as in `churn predict`. */
function survivalOptions(model: ModelToExport): SurvivalLoweringOptions {
  if (model.task !== 'survival') return {};
  const { horizons, elapsed } = model.durations;
  const remaining = remainingOf(model.model);
  return { horizons, remaining, prefix: `${model.predicts}_`, ...(elapsed !== undefined && { elapsed }) };
}
