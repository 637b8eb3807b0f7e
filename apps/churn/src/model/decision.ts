import { type FittedClassifier, FittedPipeline, likeliestCodes } from '@churn/core';
import { FittedThresholdClassifier } from '@churn/selection';

/** Which class each row is called, as its place among the classes, by an array of probabilities a class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** What the model's `predict` decides, by probabilities that are known already. */
export function decisionOf({ threshold }: Pick<FittedClassifier, 'threshold'>): Decision {
  if (threshold === undefined) return likeliestCodes;
  return ([, positive]) => Int32Array.from(positive, (probability) => (probability >= threshold ? 1 : 0));
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

/** The class of which a row is told the probability: of two always the second, of more the one that it is called. */
const toldClass: Decision = (probabilities) =>
  probabilities.length === 2
    ? new Int32Array(probabilities[1].length).fill(1)
    : likeliestCodes(probabilities);

/** The probability that each row is told. */
export function toldProbabilities(probabilities: readonly Float64Array[]): Float64Array {
  return Float64Array.from(toldClass(probabilities), (code, row) => probabilities[code][row]);
}
