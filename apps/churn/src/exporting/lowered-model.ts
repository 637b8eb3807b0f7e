import { lower, remainingOf, type SurvivalLoweringOptions } from '@churn/exchange';
import type { ModelToExport } from './export-target.js';

/** A model as a program. @param only whether it is written without the steps before it. */
export function loweredModel(model: ModelToExport, only?: 'model'): ReturnType<typeof lower> {
  return lower(only === undefined ? model.model : model.model.model, survivalOptions(model));
}

/** Of a model of times, what `churn predict` tells, by the same names. */
function survivalOptions(model: ModelToExport): SurvivalLoweringOptions {
  if (model.task !== 'survival') return {};
  const { horizons, elapsed } = model.durations;
  const remaining = remainingOf(model.model);
  return { horizons, remaining, prefix: `${model.predicts}_`, ...(elapsed !== undefined && { elapsed }) };
}
