import type { CategoryColumn, Labels } from '@churn/core';

/** The share of the positive class (code 1) among all rows. */
export function shareOfPositives({ codes }: Labels): number {
  let positives = 0;
  for (const code of codes) positives += code;
  return positives / codes.length;
}

/** The smoothed share of the positive class of each level that has rows. */
export function levelRatios(
  { codes, levels }: CategoryColumn,
  labels: Labels,
  prior: number,
  smoothing: number,
): Record<string, number> {
  const rows = new Int32Array(levels.length);
  const positives = new Int32Array(levels.length);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) continue;
    rows[codes[row]]++;
    positives[codes[row]] += labels.codes[row];
  }
  return Object.fromEntries(
    levels
      .map((level, code) => [level, smoothed(positives[code], rows[code], prior, smoothing)] as const)
      .filter((_, code) => rows[code] > 0),
  );
}

/**
 * Encodes a column's rows, each by the share of the positive class among the rows of its level in the *other* folds; by
 * the share among all rows of the other folds where these lack the level or the value is missing.
 *
 * @param folds the fold of each row, 0 to `nFolds` - 1; none may hold all rows.
 */
export function outOfFoldEncoding(
  labels: Labels,
  folds: Int32Array,
  nFolds: number,
  smoothing: number,
): (column: CategoryColumn) => Float64Array {
  const whole = { codes: new Int32Array(labels.length), levels: ['all'] };
  const priors = outOfFoldRatios(whole, labels, folds, new Float64Array(nFolds), 0);

  return (column) => {
    const ratios = outOfFoldRatios(column, labels, folds, priors, smoothing);
    const nLevels = column.levels.length;
    const encoded = new Float64Array(labels.length);
    for (let row = 0; row < encoded.length; row++) {
      const code = column.codes[row];
      encoded[row] = code < 0 ? priors[folds[row]] : ratios[folds[row] * nLevels + code];
    }
    return encoded;
  };
}

/** The ratio of each level in the rows outside each fold, levels within folds. */
function outOfFoldRatios(
  { codes, levels }: Pick<CategoryColumn, 'codes' | 'levels'>,
  labels: Labels,
  folds: Int32Array,
  priors: Float64Array,
  smoothing: number,
): Float64Array {
  const nLevels = levels.length;
  const rowsIn = new Int32Array(priors.length * nLevels);
  const positivesIn = new Int32Array(priors.length * nLevels);
  const rows = new Int32Array(nLevels);
  const positives = new Int32Array(nLevels);
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    const cell = folds[row] * nLevels + code;
    rows[code]++;
    rowsIn[cell]++;
    positives[code] += labels.codes[row];
    positivesIn[cell] += labels.codes[row];
  }
  return Float64Array.from(rowsIn, (inside, cell) => {
    const code = cell % nLevels;
    const prior = priors[Math.floor(cell / nLevels)];
    return smoothed(positives[code] - positivesIn[cell], rows[code] - inside, prior, smoothing);
  });
}

/** The share of `positives` in `rows`, drawn to `prior` as by `smoothing` rows more; the prior where there are none. */
function smoothed(positives: number, rows: number, prior: number, smoothing: number): number {
  return rows === 0 ? prior : (positives + smoothing * prior) / (rows + smoothing);
}
