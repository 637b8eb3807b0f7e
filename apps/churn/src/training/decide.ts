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

/** A fitted model that knows from which probability on it calls rows positive. */
export interface DecidedModel extends FittedModel {
  /** What the rule chose on out-of-fold probabilities; without a rule, the likelier class is called. */
  readonly threshold: TunedThreshold | null;
  /** The threshold of the highest F1, to compare one of profit with. */
  readonly f1Threshold?: TunedThreshold;
  /** What the rule chose for groups of rows, if they have thresholds of their own. */
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
  model: DecisionOfModel,
  probabilities: readonly Float64Array[],
  rows: RowsToDecide,
): Int32Array {
  const byGroup = byGroupOf(model);
  return byGroup
    ? groupDecision(byGroup)(probabilities, () => withGroupColumn(model, rows))
    : decisionOf(model.pipeline)(probabilities);
}

/** From which probability on each row is called, if one of two classes is to be found. */
export function rowThresholds(model: DecisionOfModel, rows: RowsToDecide): (row: number) => number {
  const all = byGroupOf(model)?.thresholdsOf(withGroupColumn(model, rows));
  return all ? (row) => all[row] : () => model.threshold?.threshold ?? 0.5;
}

type DecisionOfModel = Pick<DecidedModel, 'pipeline' | 'threshold' | 'groupThresholds'>;
type RowsToDecide = Pick<LabelledRows, 'x' | 'thresholdGroups'>;

/** The model with thresholds by group, if it has them. @param pipeline default that of the model. */
export function byGroupOf(
  { pipeline: own, groupThresholds }: DecisionOfModel,
  pipeline: DecidedModel['pipeline'] = own,
): GroupDecidingPipeline | undefined {
  return groupThresholds && withGroupThresholds(pipeline, groupThresholds.by, groupThresholds);
}

/** The columns to train on, and that of the groups, where rows are decided by them. */
export function withGroupColumn(
  { groupThresholds }: DecisionOfModel,
  { x, thresholdGroups }: RowsToDecide,
): Table {
  if (!groupThresholds || !thresholdGroups || x.has(groupThresholds.by)) return x;
  return Table.fromColumns([...x.entries(), [groupThresholds.by, thresholdGroups]], x.nRows);
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
