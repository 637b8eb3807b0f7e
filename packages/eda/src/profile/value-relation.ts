import { type BoxFigures, boxFigures } from './box-figures.js';
import {
  type ColumnGroup,
  type ColumnGroups,
  groupOfRows,
  levelGroups,
  rangeGroups,
} from './column-groups.js';
import { correlationMatrix } from './correlation-matrix.js';
import type { DistinctValues } from './distinct-values.js';
import { meanInterval } from './mean-interval.js';
import { moments } from './moments.js';
import { mutualInformation } from './mutual-information.js';
import type { ProfiledValues } from './profile-values.js';

/** The target values of the rows in one level or range of a column. */
export type ValueBin = ColumnGroup & {
  readonly rows: number;
  readonly mean: number;
  /** The 95% interval of `mean` by the t distribution; `null` of one row. */
  readonly interval: readonly [low: number, high: number] | null;
  /** Quartiles and whiskers. */
  readonly box: BoxFigures;
};

/** The relation of a single column to a numeric target. */
export type ValueRelation = {
  readonly name: string;
  /** The correlation of a number with the target, over rows that have one; `null` of a category, and of a constant. */
  readonly pearson: number | null;
  /** That of their ranks. */
  readonly spearman: number | null;
  /**
   * The share of the target's variance that lies between the levels, or between the ranges of a number, a missing value counting as a
   * group: the square of the correlation ratio. `null` if the target is constant.
   */
  readonly etaSquared: number | null;
  /** `etaSquared` less what chance adds to it, at least 0: `1 - (1 - eta²) (n - 1) / (n - groups)`; `null` with a group a row. */
  readonly epsilonSquared: number | null;
  /** In nats, of the same groups and the ranges of the target between its deciles. */
  readonly mutualInformation: number;
  readonly bins: readonly ValueBin[];
};

/**
 * The relation of a numeric column: target values between its deciles (`qcut` of pandas), or at each value
 * where ten or fewer.
 */
export function numericValueRelation(
  name: string,
  column: DistinctValues,
  target: ProfiledValues,
): ValueRelation {
  const grouped = rangeGroups(column);
  const ofRow = groupOfRows(column.codes, grouped);
  const correlation = (method: 'pearson' | 'spearman') =>
    correlationMatrix([target.distinct, column], method)[1][0];
  return {
    name,
    pearson: correlation('pearson'),
    spearman: correlation('spearman'),
    ...sharesOf(ofRow, grouped.groups.length, target),
    bins: valueBins(grouped, ofRow, target),
  };
}

/**
 * The relation of a category column: target values of its most frequent levels, of all other levels together
 * and of rows without a value.
 */
export function categoryValueRelation(
  name: string,
  column: { readonly codes: Int32Array; readonly levels: readonly string[] },
  counts: Int32Array,
  target: ProfiledValues,
  maxLevels: number,
): ValueRelation {
  const grouped = levelGroups(column, counts, maxLevels);
  const ofRow = column.codes.map((code) => (code < 0 ? counts.length : code));
  return {
    name,
    pearson: null,
    spearman: null,
    ...sharesOf(ofRow, counts.length + 1, target),
    bins: valueBins(grouped, groupOfRows(column.codes, grouped), target),
  };
}

/**
 * How much of the target groups of rows tell (Pearson, "On the general theory of skew correlation and non-linear regression", 1905;
 * Kelley, "An unbiased correlation ratio measure", 1935).
 */
function sharesOf(
  ofRow: Int32Array,
  nGroups: number,
  { distinct, scores, strata }: ProfiledValues,
): Pick<ValueRelation, 'etaSquared' | 'epsilonSquared' | 'mutualInformation'> {
  const n = ofRow.length;
  const rows = new Int32Array(nGroups);
  const sums = new Float64Array(nGroups);
  const counts = strata.groups.map(() => new Int32Array(nGroups));
  for (let row = 0; row < n; row++) {
    const code = distinct.codes[row];
    rows[ofRow[row]]++;
    counts[strata.ofCode[code]][ofRow[row]]++;
    if (scores) sums[ofRow[row]] += scores[code];
  }
  let between = 0;
  let groups = 0;
  for (let group = 0; group < nGroups; group++) {
    if (rows[group] === 0) continue;
    groups++;
    // Scores have mean 0, and their squares sum to 1.
    between += (sums[group] / rows[group]) * sums[group];
  }
  const etaSquared = scores ? Math.min(1, between) : null;
  return {
    etaSquared,
    epsilonSquared:
      etaSquared === null || groups === n
        ? null
        : Math.max(0, 1 - ((1 - etaSquared) * (n - 1)) / (n - groups)),
    mutualInformation: mutualInformation(counts),
  };
}

function valueBins({ groups }: ColumnGroups, ofRow: Int32Array, target: ProfiledValues): ValueBin[] {
  return sortedByGroup(ofRow, groups.length, target).map((values, i) => {
    const counted = { values, counts: new Int32Array(values.length).fill(1), n: values.length };
    const { mean, sd } = moments(counted);
    return {
      ...groups[i],
      rows: values.length,
      mean: mean as number,
      interval: meanInterval(mean as number, sd ?? 0, values.length),
      box: boxFigures(counted),
    };
  });
}

/** The target values of each group, in ascending order. */
function sortedByGroup(
  ofRow: Int32Array,
  nGroups: number,
  { values, order }: ProfiledValues,
): Float64Array[] {
  const rows = new Int32Array(nGroups);
  for (const group of ofRow) rows[group]++;
  const sorted = Array.from(rows, (count) => new Float64Array(count));
  const filled = new Int32Array(nGroups);
  for (const row of order) {
    const group = ofRow[row];
    sorted[group][filled[group]++] = values[row];
  }
  return sorted;
}
