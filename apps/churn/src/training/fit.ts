import type { FittedModel as FittedPart, FittedTransformer, Target } from '@churn/core';
import type { Config } from '../config/config.js';
import type { Logger } from '../terminal/logger.js';
import type { Chosen, FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { fitChosen } from './fit-chosen.js';

/** Fits the chosen models on all training rows. */
export async function fitModels<F extends FittedPart>(
  { models }: Chosen,
  train: LabelledRows<Target>,
  config: Config,
  logger: Logger,
): Promise<FittedModel<F>[]> {
  const onWarning = (name: string, message: string) => logger.warn(`${name}: ${message}`);
  const fitted = await fitChosen<F>(models, train, config, logger, onWarning);
  return models.map((model, i) => {
    for (const note of renamedNotes(fitted[i].pipeline.steps)) onWarning(model.name, note);
    return { ...model, ...fitted[i] };
  });
}

/** Notes about derived columns that were renamed to avoid name collisions. */
export function renamedNotes(steps: readonly FittedTransformer[]): string[] {
  return steps.flatMap(({ renamed, origins }) =>
    Array.from(renamed ?? [], ([name, usual]) => {
      const from = origins
        ?.get(name)
        ?.map((each) => `"${each}"`)
        .join(' and ');
      return `${from ?? 'a column'}: its derived column is named "${name}", since there is another column "${usual}"`;
    }),
  );
}
