import type { ClassPrediction } from './prediction.js';

/** The answered probabilities, an array per class. */
export function classProbabilities(
  predictions: readonly ClassPrediction[],
  classes: readonly string[],
): number[][] {
  if (classes.length === 2) {
    const second = predictions.map(({ probability }) => probability);
    return [second.map((p) => 1 - p), second];
  }
  return classes.map((label) => predictions.map(({ probabilities }) => probabilities?.[label] ?? 0));
}
