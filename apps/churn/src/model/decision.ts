import { type FittedClassifier, FittedPipeline, likeliestCodes } from '@churn/core';
import { FittedThresholdClassifier } from '@churn/selection';

/** Which class each row is called, as its place among the classes, by an array of probabilities a class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** What the model's `predict` decides, by probabilities that are known already. */
export function decisionOf({ threshold }: Pick<FittedClassifier, 'threshold'>): Decision {
  if (threshold === undefined) return likeliestCodes;
  return ([, positive]) => {
    const called = new Int32Array(positive.length);
    for (let row = 0; row < called.length; row++) called[row] = positive[row] >= threshold ? 1 : 0;
    return called;
  };
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
