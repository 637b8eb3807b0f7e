import type { JsonObject } from '@churn/core';
import { type FoldScores, scoreFolds, selectEnsemble } from '@churn/selection';
import type { Config } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';
import { type Blend, blendProbabilities, ENSEMBLE } from '../model/blend.js';
import { chooseBest } from './choose-best.js';
import { crossValidation } from './cross-validation.js';
import type { FoundModel, SearchResult } from './search.js';
import type { LabelledRows } from './split.js';

/** A model that is to be written. */
export interface ChosenModel {
  readonly name: string;
  /** What is fitted, or what other models are blended. */
  readonly made: { readonly from: Candidate } | Blend;
  /** The same, for reports. */
  readonly parameters: JsonObject;
  /** How many candidates it is the best of, or was selected from. */
  readonly candidates: number;
  /** Cross-validated, by the name of the scorer. */
  readonly scores: Readonly<Record<string, FoldScores>>;
  /** Of training rows held out, an array a class. */
  readonly probabilities: readonly Float64Array[];
  /** To fit it in a fold, on average. */
  readonly fitSeconds: number;
}

/** The models that are to be written. */
export interface Chosen {
  readonly models: readonly ChosenModel[];
  /** The name of the best of them. */
  readonly best: string;
}

/**
 * Blends what was found, where models are found and not listed: greedily, by the log loss of rows held out. The models that are written are
 * then the blend and its members.
 */
export function blendModels(found: SearchResult, train: LabelledRows, config: Config): Chosen {
  const models = config.models === 'auto' ? withBlend(found, train, config) : found.models.map(alone);
  return { models, best: chooseBest(models, config.crossValidation.scoring[0]) };
}

function withBlend({ models }: SearchResult, train: LabelledRows, config: Config): ChosenModel[] {
  const weights = selectEnsemble(
    train.y,
    models.map(({ probabilities }) => probabilities),
  );
  const members = models
    .map((model, i) => ({ model, name: model.name, weight: weights[i] }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  const chosen = members.map(({ model }) => alone(model));
  const blend = { members: members.map(({ name, weight }) => ({ name, weight })) };
  return [blended(blend, chosen, models.length, train, config), ...chosen];
}

function alone({ name, best, scores, probabilities, candidates }: FoundModel): ChosenModel {
  const { params, fitMs } = best;
  return {
    name,
    made: { from: params },
    parameters: params,
    candidates: candidates.length,
    scores,
    probabilities,
    fitSeconds: fitMs / 1000,
  };
}

function blended(
  blend: Blend,
  members: readonly ChosenModel[],
  candidates: number,
  { x, y }: LabelledRows,
  config: Config,
): ChosenModel {
  const of = (name: string) => members.find((each) => each.name === name) as ChosenModel;
  const probabilities = blendProbabilities(blend, (name) => of(name).probabilities);
  const splits = crossValidation(config).split(x, y);
  const scores = Object.keys(members[0].scores).map(
    (name) => [name, scoreFolds(y, probabilities, splits, name as 'rocAuc')] as const,
  );
  return {
    name: ENSEMBLE,
    made: blend,
    parameters: {
      model: ENSEMBLE,
      type: 'VotingClassifier',
      members: blend.members.map(({ name, weight }) => ({ weight, ...of(name).parameters })),
    },
    candidates,
    scores: Object.fromEntries(scores),
    probabilities,
    fitSeconds: members.reduce((sum, { fitSeconds }) => sum + fitSeconds, 0),
  };
}
