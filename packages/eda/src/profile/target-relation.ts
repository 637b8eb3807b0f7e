import { wilsonInterval } from '@churn/core';
import {
  type ColumnGroup,
  type ColumnGroups,
  levelGroups,
  rangeGroups,
  sumsOfGroups,
} from './column-groups.js';
import type { DistinctValues } from './distinct-values.js';
import { mutualInformation } from './mutual-information.js';
import { singleColumnAuc } from './single-column-auc.js';

/** The share of positive rows in one level or range of a column. */
export type RateBin = ColumnGroup & {
  readonly rows: number;
  readonly positives: number;
  readonly rate: number;
  /** The 95% Wilson interval of `rate`. */
  readonly interval: readonly [low: number, high: number];
};

/** The relation of a single column to a two-class target. */
export type TargetRelation = {
  readonly name: string;
  /** Of a number itself as score, over rows that have one; of a category its level's rate in these same rows, `null` with too many. */
  readonly auc: number | null;
  /** In nats, of all levels or of the ranges, a missing value counting as a group. */
  readonly mutualInformation: number;
  readonly bins: readonly RateBin[];
};

/** The relation of a numeric column: rates between its deciles (`qcut` of pandas), or each value a range where ten or fewer. */
export function numericRelation(
  name: string,
  column: DistinctValues,
  isPositive: Uint8Array,
): TargetRelation {
  const { perCode, missing } = positivesOf(column.codes, column.values.length, isPositive);
  const bins = rateBins(rangeGroups(column), column.counts, perCode, column.missing, missing);
  return {
    name,
    auc: singleColumnAuc(column.counts, perCode),
    mutualInformation: informationOf(
      bins.map(({ rows }) => rows),
      bins.map(({ positives }) => positives),
    ),
    bins,
  };
}

/** The relation of a category column: rates of its most frequent levels, of all others together and of rows without a value. */
export function categoryRelation(
  name: string,
  column: { readonly codes: Int32Array; readonly levels: readonly string[] },
  counts: Int32Array,
  isPositive: Uint8Array,
  maxLevels: number,
): TargetRelation {
  const { perCode, missing } = positivesOf(column.codes, counts.length, isPositive);
  const rows = [...counts.filter((count) => count > 0)];
  const positives = [...perCode.filter((_, code) => counts[code] > 0)];
  const missingRows = column.codes.length - sum(rows);
  const bins = rateBins(levelGroups(column, counts, maxLevels), counts, perCode, missingRows, missing);
  if (missingRows > 0) {
    rows.push(missingRows);
    positives.push(missing);
  }
  const order = rows.map((_, i) => i).sort((a, b) => positives[a] / rows[a] - positives[b] / rows[b]);
  return {
    name,
    // With few rows a level its rate is the label itself, and the area says nothing.
    auc:
      rows.length * 20 > column.codes.length
        ? null
        : singleColumnAuc(
            order.map((i) => rows[i]),
            order.map((i) => positives[i]),
          ),
    mutualInformation: informationOf(rows, positives),
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

function rateBins(
  grouped: ColumnGroups,
  counts: Int32Array,
  perCode: Int32Array,
  missingRows: number,
  missingPositives: number,
): RateBin[] {
  const rows = sumsOfGroups(grouped, counts, missingRows);
  const positives = sumsOfGroups(grouped, perCode, missingPositives);
  return grouped.groups.map((group, i) => ({
    ...group,
    rows: rows[i],
    positives: positives[i],
    rate: positives[i] / rows[i],
    interval: wilsonInterval(positives[i], rows[i]),
  }));
}

function informationOf(rows: readonly number[], positives: readonly number[]): number {
  return mutualInformation([positives, rows.map((count, i) => count - positives[i])]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
