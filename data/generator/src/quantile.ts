import type { QuantileKnots } from './summary.js';

/**
 * The value at each probability of a quantile function that joins the points (p, value) by straight lines.
 * Values on a slope are rounded to `decimals`; a value that piles up is given as it is.
 *
 * @param grid where the points lie if the knots do not say.
 */
export function valuesAt(
  probabilities: Float64Array,
  knots: QuantileKnots,
  grid: readonly number[],
  decimals: number,
): Float64Array {
  const { p = grid, value } = knots;
  const last = p.length - 1;
  return probabilities.map((probability) => {
    let right = 1;
    while (right < last && p[right] <= probability) right++;
    const start = value[right - 1];
    const rise = value[right] - start;
    if (rise === 0) return start;
    return roundTo(start + (rise * (probability - p[right - 1])) / (p[right] - p[right - 1]), decimals);
  });
}

/** `value` rounded to `decimals`, halves up. */
export function roundTo(value: number, decimals: number): number {
  const scale = Number(`1e${decimals}`);
  return Math.round(value * scale) / scale;
}
