import type { DistinctValues } from './distinct-values.js';
import { finiteValues } from './finite-values.js';
import { mutualInformation } from './mutual-information.js';
import { quantiles } from './quantiles.js';
import { singleColumnAuc } from './single-column-auc.js';
import { topLevels } from './top-levels.js';
import { wilsonInterval } from './wilson-interval.js';

/** The share of positive rows in one level or range of a column. */
export type RateBin = {
  readonly kind: 'level' | 'range' | 'other' | 'missing';
  /** The level; of the other kinds empty. */
  readonly level: string;
  /** The smallest value in a range; `null` of the other kinds, and where it is infinite. */
  readonly from: number | null;
  /** The largest value in a range. */
  readonly to: number | null;
  readonly rows: number;
  readonly positives: number;
  readonly rate: number;
  /** The 95% Wilson interval of `rate`. */
  readonly interval: readonly [low: number, high: number];
};

/** What one column alone tells of the target. */
export type TargetRelation = {
  readonly name: string;
  /** Of a number itself as score, over rows that have one; of a category its level's rate in these same rows, `null` with too many. */
  readonly auc: number | null;
  /** In nats, of all levels or of the ranges, a missing value counting as a group. */
  readonly mutualInformation: number;
  readonly bins: readonly RateBin[];
};

/** Ranges are between the deciles. */
const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The relation of a numeric column: rates between its deciles (`qcut` of pandas), or each value a range where ten or fewer. */
export function numericRelation(
  name: string,
  column: DistinctValues,
  isPositive: Uint8Array,
): TargetRelation {
  const { values, counts } = column;
  const { perCode, missing } = positivesOf(column.codes, values.length, isPositive);
  const counted = finiteValues(column);
  const ends = values.length <= 10 ? [...values.slice(0, -1)] : (quantiles(counted, DECILES) as number[]);
  // As with qcut, a decile at the minimum is no end of a range, but with few values each is.
  const kept = values.length <= 10 ? ends : ends.filter((end) => end > counted.values[0]);
  const uppers = counted.n === 0 ? [] : [...new Set([...kept, Infinity])];
  const bins: RateBin[] = [];
  let place = 0;
  for (const upper of uppers) {
    const start = place;
    let [rows, positives] = [0, 0];
    for (; place < values.length && values[place] <= upper; place++) {
      rows += counts[place];
      positives += perCode[place];
    }
    if (rows > 0)
      bins.push(bin('range', '', finite(values[start]), finite(values[place - 1]), rows, positives));
  }
  if (column.missing > 0) bins.push(bin('missing', '', null, null, column.missing, missing));
  return {
    name,
    auc: singleColumnAuc(counts, perCode),
    mutualInformation: informationOf(bins),
    bins,
  };
}

/** The relation of a category column: rates of its most frequent levels, of all others together and of rows without a value. */
export function categoryRelation(
  name: string,
  { codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] },
  counts: Int32Array,
  isPositive: Uint8Array,
  maxLevels: number,
): TargetRelation {
  const { perCode, missing } = positivesOf(codes, counts.length, isPositive);
  const bins = topLevels(counts, levels, maxLevels).map((code) =>
    bin('level', levels[code], null, null, counts[code], perCode[code]),
  );
  const rows = [...counts.filter((count) => count > 0)];
  const positives = [...perCode.filter((_, code) => counts[code] > 0)];
  const present = sum(rows);
  const missingRows = codes.length - present;
  const others = present - sum(bins.map((each) => each.rows));
  const otherPositives = sum(positives) - sum(bins.map((each) => each.positives));
  if (others > 0) bins.push(bin('other', '', null, null, others, otherPositives));
  if (missingRows > 0) {
    bins.push(bin('missing', '', null, null, missingRows, missing));
    rows.push(missingRows);
    positives.push(missing);
  }
  const order = rows.map((_, i) => i).sort((a, b) => positives[a] / rows[a] - positives[b] / rows[b]);
  return {
    name,
    // With few rows a level its rate is the label itself, and the area says nothing.
    auc:
      rows.length * 20 > codes.length
        ? null
        : singleColumnAuc(
            order.map((i) => rows[i]),
            order.map((i) => positives[i]),
          ),
    mutualInformation: mutualInformation(rows, positives),
    bins,
  };
}

function positivesOf(codes: Int32Array, size: number, isPositive: Uint8Array) {
  const perCode = new Int32Array(size);
  let missing = 0;
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] < 0) missing += isPositive[row];
    else perCode[codes[row]] += isPositive[row];
  }
  return { perCode, missing };
}

function bin(
  kind: RateBin['kind'],
  level: string,
  from: number | null,
  to: number | null,
  rows: number,
  positives: number,
): RateBin {
  return {
    kind,
    level,
    from,
    to,
    rows,
    positives,
    rate: positives / rows,
    interval: wilsonInterval(positives, rows),
  };
}

function informationOf(bins: readonly RateBin[]): number {
  return mutualInformation(
    bins.map(({ rows }) => rows),
    bins.map(({ positives }) => positives),
  );
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
