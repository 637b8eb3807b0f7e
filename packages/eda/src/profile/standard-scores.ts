import { binaryExponent, powerOfTwo, square } from '@churn/core';

/**
 * The deviation of each of distinct values from their mean, scaled so that the squares over all rows sum to 1: the sum of products of two
 * columns' scores is then their correlation. `NaN` where `counts` is 0; `undefined` if fewer than two values have rows.
 *
 * @param values finite where `counts` is above 0.
 * @param counts how many rows have each value.
 */
export function standardScores(values: Float64Array, counts: Int32Array): Float64Array | undefined {
  let n = 0;
  let size = 0;
  let distinct = 0;
  let first = 0;
  for (let i = counts.length - 1; i >= 0; i--) {
    if (counts[i] === 0) continue;
    n += counts[i];
    distinct++;
    first = i;
    size = Math.max(size, Math.abs(values[i]));
  }
  if (distinct < 2) return undefined;
  // A power of two, so that dividing by it rounds nothing.
  size = powerOfTwo(Math.max(-1022, binaryExponent(size)));
  // From the first value, as the mean of values such as 1e9 + 1 has no digits left for their deviations.
  const base = values[first] / size;
  let mean = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0) mean += (values[i] / size - base) * (counts[i] / n);
  }
  const scores = new Float64Array(counts.length).fill(NaN);
  let reach = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] === 0) continue;
    scores[i] = values[i] / size - base - mean;
    reach = Math.max(reach, Math.abs(scores[i]));
  }
  let squares = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] > 0) squares += square(scores[i] / reach) * counts[i];
  }
  const length = Math.sqrt(squares);
  for (let i = 0; i < scores.length; i++) scores[i] = scores[i] / reach / length;
  return scores;
}
