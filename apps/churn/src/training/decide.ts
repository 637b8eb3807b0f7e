import type { FittedClassifier, FittedPipeline } from '@churn/core';
import {
  type CampaignEconomics,
  type ThresholdRule,
  type TunedThreshold,
  tuneThreshold,
} from '@churn/selection';
import type { Config } from '../config/config.js';
import { withThreshold } from '../model/decision.js';
import type { FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';

/** A fitted model that knows from which probability on it calls rows positive. */
export interface DecidedModel extends FittedModel {
  /** What the rule chose on out-of-fold probabilities; without a rule, the likelier class is called. */
  readonly threshold: TunedThreshold | null;
  /** The threshold of the highest F1, to compare one of profit with. */
  readonly f1Threshold?: TunedThreshold;
}

/** Chooses the threshold of each model by the rule of the configuration, and has its pipeline end in it. */
export function decideModels(
  fitted: readonly FittedModel[],
  train: LabelledRows,
  { threshold: rule }: Pick<Config, 'threshold'>,
): DecidedModel[] {
  return fitted.map((model) => {
    if (!rule) return { ...model, threshold: null };
    const tune = (by: ThresholdRule) => tuneThreshold(train.y, model.predictions[1], by);
    const threshold = tune('profit' in rule ? { profit: train.economics as CampaignEconomics } : rule);
    return {
      ...model,
      threshold,
      ...('profit' in rule && { f1Threshold: tune({ maximise: 'f1' }) }),
      pipeline: withThreshold(model.pipeline, threshold.threshold),
    };
  });
}

/** The pipeline of a model that was fitted anew, with the threshold that was chosen before. */
export function withDecision(
  pipeline: FittedPipeline<FittedClassifier>,
  { threshold }: Pick<DecidedModel, 'threshold'>,
): FittedPipeline<FittedClassifier> {
  return threshold ? withThreshold(pipeline, threshold.threshold) : pipeline;
}
