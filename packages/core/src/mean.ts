/**
 * The arithmetic mean of `values`, none of which may be missing; `NaN` if there are none.
 *
 * A second pass adds the mean of the residuals of the first, so that the rounding error does not grow with the number of values (Chan,
 * Golub and LeVeque, "Algorithms for computing the sample variance", 1983).
 */
export function mean(values: ArrayLike<number>): number {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i];
  if (!Number.isFinite(sum)) return meanOfHuge(values);
  const first = sum / n;
  let rest = 0;
  for (let i = 0; i < n; i++) rest += values[i] - first;
  return Number.isFinite(rest) ? first + rest / n : first;
}

/** The mean of values whose sum is beyond the largest number. */
function meanOfHuge(values: ArrayLike<number>): number {
  let result = 0;
  for (let i = 0; i < values.length; i++) result += values[i] / values.length;
  return result;
}
