import { likeliestCodes } from '@churn/core';

/** Which class each row is called, as its place among the classes, by an array of probabilities a class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** Of two classes the second from the threshold on; without one, or of more classes, the likeliest, of equals the first. */
export function decisionAt(threshold: number | undefined): Decision {
  if (threshold === undefined) return likeliestCodes;
  return ([, positive]) => Int32Array.from(positive, (probability) => (probability >= threshold ? 1 : 0));
}

/** The class of which a row is told the probability: of two always the second, of more the one that it is called. */
export const toldClass: Decision = (probabilities) =>
  probabilities.length === 2
    ? new Int32Array(probabilities[1].length).fill(1)
    : likeliestCodes(probabilities);

/** The probability that each row is told. */
export function toldProbabilities(probabilities: readonly Float64Array[]): Float64Array {
  return Float64Array.from(toldClass(probabilities), (code, row) => probabilities[code][row]);
}
