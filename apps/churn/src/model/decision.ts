import { type FittedClassifier, FittedPipeline, likeliestCodes, type Table } from '@churn/core';
import {
  decisionThresholds,
  FittedGroupThresholdClassifier,
  FittedThresholdClassifier,
  type ThresholdsByGroup,
} from '@churn/selection';

/** Which class each row is called, as its place among the classes, by one array of probabilities per class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** The same of rows that may have to be looked at, and are asked for only then. */
export type RowDecision = (probabilities: readonly Float64Array[], rows: () => Table) => Int32Array;

/** What the model's `predict` decides, by probabilities that are known already. */
export function decisionOf({ threshold }: Pick<FittedClassifier, 'threshold'>): Decision {
  if (threshold === undefined) return likeliestCodes;
  return ([, positive]) => calledFrom(positive, () => threshold);
}

/** A pipeline whose calls go by the group of the row as well; the column of the groups need not be one of its own. */
export type GroupDecidingPipeline = FittedGroupThresholdClassifier<FittedPipeline<FittedClassifier>>;

/** What the model decides of rows, by probabilities that are known already. */
export function groupDecision(model: Pick<GroupDecidingPipeline, 'thresholdsOf'>): RowDecision {
  return ([, positive], rows) => {
    const thresholds = model.thresholdsOf(rows());
    return calledFrom(positive, (row) => thresholds[row]);
  };
}

function calledFrom(positive: Float64Array, thresholdOf: (row: number) => number): Int32Array {
  const called = new Int32Array(positive.length);
  for (let row = 0; row < called.length; row++) called[row] = positive[row] >= thresholdOf(row) ? 1 : 0;
  return called;
}

/** The pipeline with thresholds by the groups of a column. */
export function withGroupThresholds(
  pipeline: FittedPipeline<FittedClassifier>,
  by: string,
  found: ThresholdsByGroup,
): GroupDecidingPipeline {
  return new FittedGroupThresholdClassifier(pipeline, by, decisionThresholds(found));
}

/** The same pipeline, calling rows positive from `threshold` on. */
export function withThreshold(
  { schema, steps, model, summary }: FittedPipeline<FittedClassifier>,
  threshold: number,
): FittedPipeline<FittedClassifier> {
  return new FittedPipeline<FittedClassifier>(
    schema,
    steps,
    new FittedThresholdClassifier(model, threshold),
    summary,
  );
}

/** The probability that each row is told: of two classes always that of the second, of more that of the one that it is called. */
export function toldProbabilities(probabilities: readonly Float64Array[]): Float64Array {
  if (probabilities.length === 2) return probabilities[1];
  return Float64Array.from(likeliestCodes(probabilities), (code, row) => probabilities[code][row]);
}
