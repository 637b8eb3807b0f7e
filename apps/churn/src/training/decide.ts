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
import {
  decisionOf,
  type GroupDecidingPipeline,
  groupDecision,
  withGroupThresholds,
  withThreshold,
} from '../model/decision.js';
import type { FittedModel } from './chosen.js';
import type { LabelledRows } from './dataset.js';
import { LEAST_GROUP } from './grouped-column.js';

/** A fitted classifier with its threshold. */
export interface DecidedModel extends FittedModel {
  /** The threshold chosen by the rule on out-of-fold probabilities; without a rule, the more likely class is predicted. */
  readonly threshold: TunedThreshold | null;
  /** The threshold of the highest F1, for comparison with that of profit. */
  readonly f1Threshold?: TunedThreshold;
  /** The thresholds by group, if any. */
  readonly groupThresholds?: GroupThresholds;
}

/** Thresholds of the groups of a column. */
export interface GroupThresholds extends ThresholdsByGroup {
  readonly by: string;
}

/** Chooses the threshold of each model by the rule of the configuration, and adds it to the pipeline. */
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

/** The refitted pipeline of a model, with its earlier threshold. */
export function withDecision(
  pipeline: FittedPipeline<FittedClassifier>,
  { threshold }: Pick<DecidedModel, 'threshold'>,
): FittedPipeline<FittedClassifier> {
  return threshold ? withThreshold(pipeline, threshold.threshold) : pipeline;
}

/** The predicted classes of a model, given its probabilities. */
export function callsOf(
  model: DecisionOfModel,
  probabilities: readonly Float64Array[],
  rows: RowsToDecide,
): Int32Array {
  const byGroup = byGroupOf(model);
  return byGroup
    ? groupDecision(byGroup)(probabilities, () => withGroupColumn(model, rows))
    : decisionOf(model.pipeline)(probabilities);
}

/** The threshold of each row, for two classes. */
export function rowThresholds(model: DecisionOfModel, rows: RowsToDecide): (row: number) => number {
  const all = byGroupOf(model)?.thresholdsOf(withGroupColumn(model, rows));
  return all ? (row) => all[row] : () => model.threshold?.threshold ?? 0.5;
}

type DecisionOfModel = Pick<DecidedModel, 'pipeline' | 'threshold' | 'groupThresholds'>;
type RowsToDecide = Pick<LabelledRows, 'x' | 'thresholdGroups'>;

/** The model with thresholds by group, if it has them. @param pipeline by default that of the model. */
export function byGroupOf(
  { pipeline: own, groupThresholds }: DecisionOfModel,
  pipeline: DecidedModel['pipeline'] = own,
): GroupDecidingPipeline | undefined {
  return groupThresholds && withGroupThresholds(pipeline, groupThresholds.by, groupThresholds);
}

/** The features, and the column of the groups, if thresholds are by group. */
export function withGroupColumn(
  { groupThresholds }: DecisionOfModel,
  { x, thresholdGroups }: RowsToDecide,
): Table {
  if (!groupThresholds || !thresholdGroups || x.has(groupThresholds.by)) return x;
  return Table.fromColumns([...x.entries(), [groupThresholds.by, thresholdGroups]], x.nRows);
}

function groupThresholds(
  { predictions: [, positive] }: FittedModel,
  { y, thresholdGroups: groups }: LabelledRows,
  given: Config['threshold'],
): GroupThresholds | undefined {
  const grouped = groupRule(given);
  if (!grouped || !groups) return undefined;
  const { by, rule, parity } = grouped;
  return { by, ...thresholdsByGroup(y, positive, groups, rule, { parity, minRows: LEAST_GROUP }) };
}
