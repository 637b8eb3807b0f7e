import { type DistinctValues, finiteCounts, isComplete } from './distinct-values.js';
import { standardScores } from './standard-scores.js';

/** A category column: the level of each row, -1 if it is missing, and how many rows each level has. */
export interface CountedLevels {
  readonly codes: Int32Array;
  readonly counts: Int32Array;
}

/**
 * The correlation ratios of one numeric column and each of `categories`, from 0 to 1, over the rows that have a level and a
 * finite number: `eta = sqrt(sum over levels of n_l (mean_l - mean)² / sum over rows of (value - mean)²)`
 * (Pearson, "On the general theory of skew correlation and non-linear regression", 1905). `null` where the numbers of these
 * rows do not vary, or no row has both.
 */
export function correlationRatios(
  categories: readonly CountedLevels[],
  column: DistinctValues,
): (number | null)[] {
  const counts = finiteCounts(column);
  const scores = standardScores(column.values, counts);
  return categories.map(({ codes: levels, counts: rows }) => {
    if (!scores) return null;
    const isWhole = isComplete(column) && !levels.includes(-1);
    if (isWhole) return ratioOf(rows, levelSums(levels, rows.length, column.codes, scores));
    const own = standardScores(column.values, countsWithin(levels, column, counts));
    return own ? ratioOfSome(levels, rows.length, column.codes, own) : null;
  });
}

/** The rows of each finite value that have a level. */
function countsWithin(levels: Int32Array, { codes }: DistinctValues, finite: Int32Array): Int32Array {
  const counts = new Int32Array(finite.length);
  for (let row = 0; row < codes.length; row++) {
    if (levels[row] >= 0 && codes[row] >= 0 && finite[codes[row]] > 0) counts[codes[row]]++;
  }
  return counts;
}

function levelSums(
  levels: Int32Array,
  nLevels: number,
  codes: Int32Array,
  scores: Float64Array,
): Float64Array {
  const sums = new Float64Array(nLevels);
  for (let row = 0; row < codes.length; row++) sums[levels[row]] += scores[codes[row]];
  return sums;
}

/** As `levelSums`, of the rows that have a level and a score. */
function ratioOfSome(levels: Int32Array, nLevels: number, codes: Int32Array, scores: Float64Array): number {
  const rows = new Int32Array(nLevels);
  const sums = new Float64Array(nLevels);
  for (let row = 0; row < codes.length; row++) {
    if (levels[row] < 0 || codes[row] < 0) continue;
    const score = scores[codes[row]];
    if (Number.isNaN(score)) continue;
    rows[levels[row]]++;
    sums[levels[row]] += score;
  }
  return ratioOf(rows, sums);
}

/** What is left of the formula for scores with mean 0 and squares that sum to 1. */
function ratioOf(rows: Int32Array, sums: Float64Array): number {
  let between = 0;
  for (let level = 0; level < rows.length; level++) {
    if (rows[level] > 0) between += (sums[level] / rows[level]) * sums[level];
  }
  return Math.min(1, Math.sqrt(between));
}
