import type { JsonObject } from '@churn/core';

/** Which class each row is called, as its place among the classes, by an array of probabilities a class. */
export type Decision = (probabilities: readonly Float64Array[]) => Int32Array;

/** Of two classes the second from the threshold on; without one, or of more classes, the likeliest, of equals the first. */
export function decisionAt(threshold: number | undefined): Decision {
  if (threshold === undefined) return likeliest;
  return ([, positive]) => Int32Array.from(positive, (probability) => (probability >= threshold ? 1 : 0));
}

/** The threshold in the record of a model file, if training chose one. */
export function thresholdOf({ threshold }: JsonObject): number | undefined {
  return typeof threshold === 'number' ? threshold : undefined;
}

/** The class of which a row is told the probability: of two always the second, of more the one that it is called. */
export const toldClass: Decision = (probabilities) =>
  probabilities.length === 2 ? new Int32Array(probabilities[1].length).fill(1) : likeliest(probabilities);

function likeliest(probabilities: readonly Float64Array[]): Int32Array {
  const [first, ...others] = probabilities;
  const codes = new Int32Array(first.length);
  others.forEach((column, i) => {
    for (let row = 0; row < codes.length; row++) {
      if (column[row] > probabilities[codes[row]][row]) codes[row] = i + 1;
    }
  });
  return codes;
}
