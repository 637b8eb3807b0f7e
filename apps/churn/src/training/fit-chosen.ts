import type { FittedModel, FittedPipeline, Target } from '@churn/core';
import { fitCandidates } from '@churn/selection';
import type { Config } from '../config/config.js';
import { blendPipelines } from '../model/blend.js';
import { modelClasses } from '../model/processing.js';
import type { Logger } from '../terminal/logger.js';
import type { ChosenModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { fitting } from './fitting.js';
import { inLines } from './in-lines.js';

/** A fitted pipeline, with its fit time. */
interface FittedChosen<F extends FittedModel> {
  readonly pipeline: FittedPipeline<F>;
  readonly fitSeconds: number;
}

/**
 * Fits models on all of the rows, in threads or by workers, and creates blends.
 *
 * @typeParam F the fitted models of the task.
 * @param onWarning called with warnings of fits.
 * @returns the pipelines in the order of the models.
 */
export async function fitChosen<F extends FittedModel>(
  models: readonly Pick<ChosenModel, 'name' | 'made' | 'fitSeconds'>[],
  rows: LabelledRows<Target>,
  config: Config,
  logger: Logger,
  onWarning: (name: string, message: string) => void = () => undefined,
): Promise<FittedChosen<F>[]> {
  const single = models.flatMap(({ name, made, fitSeconds }) =>
    'from' in made ? [{ name, params: made.from, expectedMs: fitSeconds * 1000 }] : [],
  );
  const fitted = new Map<string, FittedChosen<F>>();
  try {
    const all = await fitCandidates(
      single.map(({ params }) => params),
      {
        ...(await fitting(config, single.length * rows.x.nRows * rows.x.names.length, logger)),
        classes: modelClasses,
        expectedMs: single.map(({ expectedMs }) => expectedMs),
        onWarning: (message, i) => onWarning(single[i].name, message),
      },
      rows.x,
      rows.y,
    );
    all.forEach(({ model, fitMs }, i) => {
      fitted.set(single[i].name, {
        pipeline: model as FittedPipeline<FittedModel> as FittedPipeline<F>,
        fitSeconds: fitMs / 1000,
      });
    });
  } catch (error) {
    throw inLines(error, rows);
  }
  const of = (name: string) => fitted.get(name) as FittedChosen<F>;
  return models.map(({ name, made }) => {
    if ('from' in made) return of(name);
    const fitSeconds = made.members.reduce((sum, member) => sum + of(member.name).fitSeconds, 0);
    const pipelineOf = (member: string) => of(member).pipeline as FittedPipeline<FittedModel>;
    return {
      pipeline: blendPipelines(made, pipelineOf) as FittedPipeline<FittedModel> as FittedPipeline<F>,
      fitSeconds,
    };
  });
}
