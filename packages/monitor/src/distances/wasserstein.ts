import { requireSamples, sorted } from './shares.js';

/**
 * The Wasserstein distance, or earth mover's distance, of two samples of numbers, in their unit: the area between their distribution
 * functions, which is the mean distance that values must move to turn one sample into the other. It is `wasserstein_distance` of scipy.
 *
 * @throws `invalid-parameter` if a sample is empty, or not all its numbers are finite.
 */
export function wasserstein(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  requireSamples(reference, current);
  const [a, b] = [sorted(reference), sorted(current)];
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  all.sort();
  let [i, j, area] = [0, 0, 0];
  for (let at = 0; at < all.length - 1; at++) {
    while (i < a.length && a[i] <= all[at]) i++;
    while (j < b.length && b[j] <= all[at]) j++;
    area += Math.abs(i / a.length - j / b.length) * (all[at + 1] - all[at]);
  }
  return area;
}
