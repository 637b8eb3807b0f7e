/**
 * The quantiles of `values` at `probabilities`, with linear interpolation between the values of nearest rank: the default
 * of numpy (R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", 1996, definition 7).
 *
 * @param values at least one, finite and not missing.
 * @param probabilities from 0 to 1.
 */
export function quantiles(values: Float64Array, probabilities: readonly number[]): number[] {
  const sorted = values.slice().sort();
  const last = sorted.length - 1;
  return probabilities.map((probability) => {
    const at = probability * last;
    const left = Math.floor(at);
    const right = Math.min(left + 1, last);
    const weight = at - left;
    const step = sorted[right] - sorted[left];
    // The distance between opposite huge values overflows, but the share of each end does not.
    if (step === Infinity) return (1 - weight) * sorted[left] + weight * sorted[right];
    // From the nearer end, so that rounding cannot carry the result past it.
    return weight < 0.5 ? sorted[left] + weight * step : sorted[right] - (1 - weight) * step;
  });
}
