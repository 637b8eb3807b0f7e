import type { FittedClassifier, FittedPipeline } from '@churn/core';
import { fitCandidates } from '@churn/selection';
import type { Config } from '../config/config.js';
import { blendPipelines } from '../model/blend.js';
import { modelClasses } from '../model/processing.js';
import type { Logger } from '../terminal/logger.js';
import type { ChosenModel } from './blend.js';
import { inLines } from './data.js';
import { fitting } from './fitting.js';
import type { LabelledRows } from './split.js';

/** A pipeline, and how long it took to fit it. */
interface FittedChosen {
  readonly pipeline: FittedPipeline<FittedClassifier>;
  readonly fitSeconds: number;
}

/**
 * Fits models on all of the rows, in threads or by workers, and blends those that are made of others.
 *
 * @param onWarning is told what the fit of a model warns of.
 * @returns the pipelines in the order of the models.
 */
export async function fitChosen(
  models: readonly Pick<ChosenModel, 'name' | 'made' | 'fitSeconds'>[],
  rows: LabelledRows,
  config: Config,
  logger: Logger,
  onWarning: (name: string, message: string) => void = () => undefined,
): Promise<FittedChosen[]> {
  const single = models.flatMap(({ name, made, fitSeconds }) =>
    'from' in made ? [{ name, params: made.from, expectedMs: fitSeconds * 1000 }] : [],
  );
  const fitted = new Map<string, FittedChosen>();
  try {
    const all = await fitCandidates(
      single.map(({ params }) => params),
      {
        ...(await fitting(config, logger)),
        classes: modelClasses,
        expectedMs: single.map(({ expectedMs }) => expectedMs),
        onWarning: (message, i) => onWarning(single[i].name, message),
      },
      rows.x,
      rows.y,
    );
    all.forEach(({ model, fitMs }, i) => {
      fitted.set(single[i].name, { pipeline: model, fitSeconds: fitMs / 1000 });
    });
  } catch (error) {
    throw inLines(error, rows);
  }
  const of = (name: string) => fitted.get(name) as FittedChosen;
  return models.map(({ name, made }) => {
    if ('from' in made) return of(name);
    const fitSeconds = made.members.reduce((sum, member) => sum + of(member.name).fitSeconds, 0);
    return { pipeline: blendPipelines(made, (member) => of(member).pipeline), fitSeconds };
  });
}
