/**
 * The correlation ratio of a category column and a numeric one, from 0 to 1, over the rows that have both values:
 * `eta = sqrt(sum over levels of n_l (mean_l - mean)² / sum over rows of (value - mean)²)`
 * (Pearson, "On the general theory of skew correlation and non-linear regression", 1905). `null` where the numbers do not
 * vary or no row has both.
 *
 * @param codes the level of each row, -1 where it is missing.
 * @param nLevels how many levels there may be.
 * @param values the number of each row, `NaN` where it is missing.
 */
export function correlationRatio(codes: Int32Array, nLevels: number, values: Float64Array): number | null {
  const rows = new Float64Array(nLevels);
  const sums = new Float64Array(nLevels);
  const first = values.find((value, row) => !Number.isNaN(value) && codes[row] >= 0);
  if (first === undefined) return null;
  let squares = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    const value = values[row];
    if (code < 0 || Number.isNaN(value)) continue;
    rows[code]++;
    sums[code] += value;
    squares += value * value;
  }
  let n = 0;
  let sum = 0;
  for (let level = 0; level < nLevels; level++) {
    n += rows[level];
    sum += sums[level];
  }
  const mean = sum / n;
  let total = squares - n * mean * mean;
  if (total < squares * 1e-3) {
    // Most of the sum cancelled, so the deviations are added up one by one.
    total = 0;
    let isConstant = true;
    for (let row = 0; row < codes.length; row++) {
      const value = values[row];
      if (codes[row] < 0 || Number.isNaN(value)) continue;
      total += (value - mean) ** 2;
      if (value !== first) isConstant = false;
    }
    if (isConstant) return null;
  }
  let between = 0;
  for (let level = 0; level < nLevels; level++) {
    if (rows[level] > 0) between += rows[level] * (sums[level] / rows[level] - mean) ** 2;
  }
  return Math.min(1, Math.sqrt(between / total));
}
