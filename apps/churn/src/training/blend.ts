import type { Target } from '@churn/core';
import { scoreFolds } from '@churn/selection';
import type { Config } from '../config/config.js';
import { type Blend, blendPredictions, ENSEMBLE } from '../model/blend.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import type { Chosen, ChosenModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import type { FoundModel, SearchResult } from './found.js';
import { selectMembers } from './select-members.js';
import { stratifiedFolds } from './stratified-folds.js';

/** A blend of out-of-fold predictions, with its calibration, if any. */
export interface Blended extends Pick<Blend, 'calibration'> {
  readonly predictions: readonly Float64Array[];
}

/**
 * Blends the found models, with automatic selection: greedily, by the out-of-fold loss. The blend and its members are then written, or a
 * single model if no blend is better.
 *
 * @param finish post-processes the weighted mean of the predictions.
 */
export function blendModels<T extends Target>(
  found: SearchResult,
  train: LabelledRows<T>,
  config: Config,
  {
    limit,
    finish,
  }: { readonly limit: TimeLimit | undefined; finish(mean: readonly Float64Array[]): Blended },
  logger: Logger,
): Omit<Chosen, 'best'> {
  if (config.models !== 'auto') return { models: found.models.map(alone), leftOut: [] };
  const { weighed, leftOut } = selectMembers(found.models, train.y, config, limit?.fitMs() ?? Infinity);
  if (leftOut.length > 0) logger.info(`there is no time to fit ${leftOut.join(', ')} for the ensemble`);
  const members = weighed.map(({ name, weight }) => ({ name, weight }));
  const chosen = weighed.map(({ model }) => alone(model));
  const { predictions, calibration } = finish(
    blendPredictions(members, (name) => memberOf(chosen, name).predictions),
  );
  // A blend of one model that nothing makes truer is that model.
  if (chosen.length === 1 && !calibration) return { models: chosen, leftOut };
  const made = { members, calibration };
  return {
    models: [blended(made, predictions, chosen, found.models.length, train, config), ...chosen],
    leftOut,
  };
}

function memberOf(members: readonly ChosenModel[], name: string): ChosenModel {
  return members.find((each) => each.name === name) as ChosenModel;
}

/** The best candidate of a model, unblended. */
export function alone({ name, best, scores, predictions, candidates }: FoundModel): ChosenModel {
  const { params, fitMs } = best;
  return {
    name,
    made: { from: params },
    parameters: params,
    candidates: candidates.length,
    scores,
    predictions,
    fitSeconds: fitMs / 1000,
  };
}

function blended(
  blend: Blend,
  predictions: readonly Float64Array[],
  members: readonly ChosenModel[],
  candidates: number,
  { x, y }: LabelledRows<Target>,
  config: Config,
): ChosenModel {
  const splits = stratifiedFolds(config).split(x, y);
  const scores = Object.keys(members[0].scores).map(
    (name) => [name, scoreFolds(y, predictions, splits, name as 'rocAuc')] as const,
  );
  return {
    name: ENSEMBLE,
    made: blend,
    parameters: {
      model: ENSEMBLE,
      type: y.kind === 'classes' ? 'VotingClassifier' : 'VotingRegressor',
      members: blend.members.map(({ name, weight }) => ({ weight, ...memberOf(members, name).parameters })),
      ...(blend.calibration && { calibration: blend.calibration.method }),
    },
    candidates,
    scores: Object.fromEntries(scores),
    predictions,
    fitSeconds: members.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0),
  };
}
