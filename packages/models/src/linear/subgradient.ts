/** The change of the linearised loss and the penalty by the step, without differences of nearly equal sums. */
export function firstOrderChange(
  gradient: Float64Array,
  direction: Float64Array,
  w: Float64Array,
  l1: Float64Array,
): number {
  return direction.reduce((sum, d, j) => {
    const sign = Math.sign(w[j]);
    if (sign !== 0 && Math.sign(w[j] + d) === sign) return sum + (gradient[j] + l1[j] * sign) * d;
    return sum + gradient[j] * d + l1[j] * (Math.abs(w[j] + d) - Math.abs(w[j]));
  }, 0);
}

/** The distance from optimality: the largest entry of the smallest subgradient. */
export function largestSubgradient(gradient: Float64Array, w: Float64Array, l1: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < w.length; j++) {
    const entry =
      w[j] === 0
        ? Math.max(Math.abs(gradient[j]) - l1[j], 0)
        : Math.abs(gradient[j] + l1[j] * Math.sign(w[j]));
    largest = Math.max(largest, entry);
  }
  return largest;
}

/** The largest absolute value. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
