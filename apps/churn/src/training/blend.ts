import { bestCalibration, calibrate } from '@churn/models';
import { scoreFolds } from '@churn/selection';
import type { Config } from '../config/config.js';
import { type Blend, blendProbabilities, ENSEMBLE } from '../model/blend.js';
import type { TimeLimit } from '../runs/time-limit.js';
import type { Logger } from '../terminal/logger.js';
import { chooseBest } from './choose-best.js';
import type { Chosen, ChosenModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import type { FoundModel, SearchResult } from './found.js';
import { selectMembers } from './select-members.js';
import { stratifiedFolds } from './stratified-folds.js';

/**
 * Blends what was found, where models are found and not listed: greedily, by the log loss of rows held out. The models that are written are
 * then the blend and its members.
 */
export function blendModels(
  found: SearchResult,
  train: LabelledRows,
  config: Config,
  limit: TimeLimit | undefined,
  logger: Logger,
): Chosen {
  const { models, leftOut } =
    config.models === 'auto'
      ? withBlend(found, train, config, limit?.fitMs() ?? Infinity)
      : { models: found.models.map(alone), leftOut: [] };
  if (leftOut.length > 0) logger.info(`there is no time to fit ${leftOut.join(', ')} for the blend`);
  return { models, best: chooseBest(models, config.crossValidation.scoring[0]), leftOut };
}

function withBlend(
  { models }: SearchResult,
  train: LabelledRows,
  config: Config,
  fitMs: number,
): Pick<Chosen, 'models' | 'leftOut'> {
  const { weighed, leftOut } = selectMembers(models, train.y, config, fitMs);
  const members = weighed.map(({ name, weight }) => ({ name, weight }));
  const chosen = weighed.map(({ model }) => alone(model));
  const mean = blendProbabilities(members, (name) => memberOf(chosen, name).predictions);
  const calibration = bestCalibration(mean, train.y, { methods: CALIBRATIONS, seed: config.seed });
  const probabilities = calibration ? calibrate(mean, calibration) : mean;
  const blend = blended({ members, calibration }, probabilities, chosen, models.length, train, config);
  return { models: [blend, ...chosen], leftOut };
}

/** Those of a few numbers, so that what they make of the rows that they learn from is what they make of others. */
const CALIBRATIONS = ['temperature', 'beta', 'sigmoid'] as const;

function memberOf(members: readonly ChosenModel[], name: string): ChosenModel {
  return members.find((each) => each.name === name) as ChosenModel;
}

/** The best candidate of a model, as it is. */
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
  probabilities: readonly Float64Array[],
  members: readonly ChosenModel[],
  candidates: number,
  { x, y }: LabelledRows,
  config: Config,
): ChosenModel {
  const splits = stratifiedFolds(config).split(x, y);
  const scores = Object.keys(members[0].scores).map(
    (name) => [name, scoreFolds(y, probabilities, splits, name as 'rocAuc')] as const,
  );
  return {
    name: ENSEMBLE,
    made: blend,
    parameters: {
      model: ENSEMBLE,
      type: 'VotingClassifier',
      members: blend.members.map(({ name, weight }) => ({ weight, ...memberOf(members, name).parameters })),
      ...(blend.calibration && { calibration: blend.calibration.method }),
    },
    candidates,
    scores: Object.fromEntries(scores),
    predictions: probabilities,
    fitSeconds: members.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0),
  };
}
