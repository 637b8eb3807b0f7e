import { type FittedClassifier, type FittedPipeline, Table } from '@churn/core';
import {
  type CampaignEconomics,
  type ThresholdRule,
  type ThresholdsByGroup,
  type TunedThreshold,
  thresholdsByGroup,
  tuneThreshold,
} from '@churn/selection';
import type { Config } from '../config/config.js';
import { groupRule } from '../config/threshold.js';
import { decisionOf, groupDecision, withGroupThresholds, withThreshold } from '../model/decision.js';
import type { FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { LEAST_GROUP } from './grouped-column.js';

/** A fitted model that knows from which probability on it calls rows positive. */
export interface DecidedModel extends FittedModel {
  /** What the rule chose on out-of-fold probabilities; without a rule, the likelier class is called. */
  readonly threshold: TunedThreshold | null;
  /** The threshold of the highest F1, to compare one of profit with. */
  readonly f1Threshold?: TunedThreshold;
  /** What the rule chose for groups of rows, where they have thresholds of their own. */
  readonly groupThresholds?: GroupThresholds;
}

/** Thresholds of the groups of a column. */
export interface GroupThresholds extends ThresholdsByGroup {
  readonly by: string;
}

/** Chooses the threshold of each model by the rule of the configuration, and has its pipeline end in it. */
export function decideModels(
  fitted: readonly FittedModel[],
  train: LabelledRows,
  { threshold: rule }: Pick<Config, 'threshold'>,
): DecidedModel[] {
  return fitted.map((model) => {
    if (!rule) return { ...model, threshold: null };
    const grouped = groupThresholds(model, train, rule);
    const tune = (by: ThresholdRule) => tuneThreshold(train.y, model.predictions[1], by);
    const threshold = grouped
      ? grouped.overall
      : tune('profit' in rule ? { profit: train.economics as CampaignEconomics } : rule);
    return {
      ...model,
      threshold,
      ...(grouped && { groupThresholds: grouped }),
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

/** What a model calls rows, by probabilities that are known already. */
export function callsOf(
  { pipeline, groupThresholds }: Pick<DecidedModel, 'pipeline' | 'groupThresholds'>,
  probabilities: readonly Float64Array[],
  { thresholdGroups }: Pick<LabelledRows, 'thresholdGroups'>,
): Int32Array {
  if (!groupThresholds || !thresholdGroups) return decisionOf(pipeline)(probabilities);
  const { by } = groupThresholds;
  const decide = groupDecision(withGroupThresholds(pipeline, by, groupThresholds));
  return decide(probabilities, () => Table.fromColumns([[by, thresholdGroups]]));
}

/** From which probability on each row is called, where one of two classes is to be found. */
export function rowThresholds(
  { pipeline, threshold, groupThresholds }: Pick<DecidedModel, 'pipeline' | 'threshold' | 'groupThresholds'>,
  { thresholdGroups }: Pick<LabelledRows, 'thresholdGroups'>,
): (row: number) => number {
  if (!groupThresholds || !thresholdGroups) return () => threshold?.threshold ?? 0.5;
  const { by } = groupThresholds;
  const model = withGroupThresholds(pipeline, by, groupThresholds);
  const all = model.thresholdsOf(Table.fromColumns([[by, thresholdGroups]]));
  return (row) => all[row];
}

/** The model as it is written: the pipeline, or one that decides by groups with it. */
export function wholeModel(
  pipeline: FittedPipeline<FittedClassifier>,
  { groupThresholds }: Pick<DecidedModel, 'groupThresholds'>,
) {
  return groupThresholds ? withGroupThresholds(pipeline, groupThresholds.by, groupThresholds) : pipeline;
}

/** Of as many categories as there are. */
const MOST_GROUPS = Number.MAX_SAFE_INTEGER;

function groupThresholds(
  { predictions: [, positive] }: FittedModel,
  { y, thresholdGroups: groups }: LabelledRows,
  given: Config['threshold'],
): GroupThresholds | undefined {
  const grouped = groupRule(given);
  if (!grouped || !groups) return undefined;
  const { by, rule, parity } = grouped;
  const options = { parity, minRows: LEAST_GROUP, maxGroups: MOST_GROUPS };
  return { by, ...thresholdsByGroup(y, positive, groups, rule, options) };
}
