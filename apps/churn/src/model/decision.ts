import { type FittedClassifier, FittedPipeline, likeliestCodes, type Table } from '@churn/core';
import {
  decisionThresholds,
  FittedGroupThresholdClassifier,
  FittedThresholdClassifier,
  type ThresholdsByGroup,
} from '@churn/selection';

/** The predicted class of each row, as an index, given an array of probabilities per class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** A `Decision` that may need the rows, which are loaded on demand. */
export type RowDecision = (probabilities: readonly Float64Array[], rows: () => Table) => Int32Array;

/** The decision of the model's `predict`, given its probabilities. */
export function decisionOf({ threshold }: Pick<FittedClassifier, 'threshold'>): Decision {
  if (threshold === undefined) return likeliestCodes;
  return ([, positive]) => calledFrom(positive, () => threshold);
}

/** A pipeline with thresholds by group; the column of the groups need not be a feature. */
export type GroupDecidingPipeline = FittedGroupThresholdClassifier<FittedPipeline<FittedClassifier>>;

/** The model's decision about rows, given its probabilities. */
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

/** The pipeline with a threshold. */
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

/** The probability reported for each row: for two classes, that of the second; for more, that of the predicted class. */
export function reportedProbabilities(probabilities: readonly Float64Array[]): Float64Array {
  if (probabilities.length === 2) return probabilities[1];
  return Float64Array.from(likeliestCodes(probabilities), (code, row) => probabilities[code][row]);
}
