import type { FittedClassifier, FittedPipeline, FittedTransformer } from '@churn/core';
import type { Config } from '../config/config.js';
import { createPipeline } from '../model/processing.js';
import type { Logger } from '../terminal/logger.js';
import type { FoundModel, SearchResult } from './search.js';
import { type LabelledRows, onRows } from './split.js';

/** A model of the configuration, its best candidate fitted on all training rows. */
export interface FittedModel extends FoundModel {
  readonly pipeline: FittedPipeline<FittedClassifier>;
  readonly fitSeconds: number;
}

/** Fits the best candidate of each model on all training rows. */
export function fitModels(
  found: SearchResult,
  train: LabelledRows,
  { processing, seed }: Config,
  logger: Logger,
): FittedModel[] {
  return found.models.map((model) => {
    const started = performance.now();
    const onWarning = (message: string) => logger.warn(`${model.name}: ${message}`);
    const specification = createPipeline(processing, model.best.params, { seed, onWarning });
    const pipeline = onRows(train, ({ x, y }) => specification.fit(x, y));
    for (const note of renamedNotes(pipeline.steps)) onWarning(note);
    return { ...model, pipeline, fitSeconds: (performance.now() - started) / 1000 };
  });
}

/** What is made of columns whose names would have been those of others. */
function renamedNotes(steps: readonly FittedTransformer[]): string[] {
  return steps.flatMap(({ renamed, origins }) =>
    Array.from(renamed ?? [], ([name, wanted]) => {
      const from = origins
        ?.get(name)
        ?.map((each) => `"${each}"`)
        .join(' and ');
      return `${from ?? 'a column'}: what is made of it is called "${name}", since there is another column "${wanted}"`;
    }),
  );
}
