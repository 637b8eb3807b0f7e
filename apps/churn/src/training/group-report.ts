import { type Column, type Durations, type Labels, mean, type Table, type TargetValues } from '@churn/core';
import {
  accuracy,
  falsePositiveRate,
  logLoss,
  type MetricsByGroup,
  type MetricsByGroupOptions,
  meanAbsoluteError,
  metricsByGroup,
  precision,
  recall,
  rocAuc,
  selectionRate,
} from '@churn/selection';
import { concordance } from '@churn/survival';
import { LEAST_GROUP } from './grouped-column.js';
import { resamples } from './resamples.js';

/** The metrics of a model on groups of test rows by a column. */
export interface GroupReport extends MetricsByGroup {
  readonly column: string;
}

/** The predictions of a classifier for test rows. */
interface ClassAnswers {
  readonly predicted: Labels;
  /** An array per class. */
  readonly probabilities: readonly Float64Array[];
}

/** Classification metrics by group of test rows. */
export function classGroups(
  groups: Table,
  y: Labels,
  { predicted, probabilities }: ClassAnswers,
  seed: number,
): GroupReport[] {
  const isBinary = y.classes.length === 2;
  return reports(groups, y.length, seed, (column, how) =>
    isBinary
      ? merged(
          metricsByGroup(y, predicted, column, { ...how, metrics: CALLS }),
          metricsByGroup(y, probabilities[1], column, { ...how, metrics: { rocAuc } }),
        )
      : merged(
          metricsByGroup(y, predicted, column, { ...how, metrics: { accuracy } }),
          metricsByGroup(y, probabilities, column, { ...how, metrics: { logLoss } }),
        ),
  );
}

const CALLS = {
  /** The share of positive rows. */
  positiveRate: (yTrue: Labels) => selectionRate(yTrue, yTrue),
  selectionRate,
  recall,
  precision,
  falsePositiveRate,
};

/** Regression metrics by group of test rows. */
export function valueGroups(
  groups: Table,
  y: TargetValues,
  predicted: Float64Array,
  seed: number,
): GroupReport[] {
  const metrics = {
    meanValue: ({ values }: TargetValues) => mean(values),
    meanPrediction: (_: TargetValues, predictions: ArrayLike<number>) => mean(predictions),
    bias: ({ values }: TargetValues, predictions: ArrayLike<number>) => mean(predictions) - mean(values),
    meanAbsoluteError,
  };
  return reports(groups, y.length, seed, (column, how) =>
    metricsByGroup(y, predicted, column, { ...how, metrics }),
  );
}

/** The concordance by group of test rows. */
export function survivalGroups(groups: Table, y: Durations, risk: Float64Array, seed: number): GroupReport[] {
  return reports(groups, y.length, seed, (column, how) =>
    metricsByGroup(y, risk, column, { ...how, metrics: { concordance } }),
  );
}

type HowToGroup = Pick<MetricsByGroupOptions<string, unknown, unknown>, 'minRows' | 'nResamples' | 'seed'>;

/** Fewer resamples than for all rows, since intervals of groups need less precision. */
const MAX_RESAMPLES = 300;

function reports(
  groups: Table,
  rows: number,
  seed: number,
  measure: (column: Column, how: HowToGroup) => MetricsByGroup,
): GroupReport[] {
  const how = { minRows: LEAST_GROUP, nResamples: resamples(rows, MAX_RESAMPLES), seed };
  return [...groups.entries()].map(([name, column]) => ({ column: name, ...measure(column, how) }));
}

/** Merges two sets of metrics of the same groups. */
function merged(first: MetricsByGroup, second: MetricsByGroup): MetricsByGroup {
  return {
    overall: { ...first.overall, ...second.overall },
    groups: first.groups.map((group, i) => ({
      ...group,
      metrics: { ...group.metrics, ...second.groups[i].metrics },
    })),
    disparity: { ...first.disparity, ...second.disparity },
  };
}
