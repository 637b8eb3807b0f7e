import type { CategoryColumn } from '@churn/core';
import type { DistinctValues } from './distinct-values.js';
import { finiteValues } from './finite-values.js';
import { type Histogram, histogram } from './histogram.js';
import { type Moments, moments } from './moments.js';
import { type Outliers, outliers } from './outliers.js';
import { quantiles } from './quantiles.js';
import { type LevelCount, topLevels } from './top-levels.js';

/** The probabilities of the quantiles in a profile. */
export const PROFILE_QUANTILES: readonly number[] = [0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1];

/** The summary of a numeric column, over finite values unless stated otherwise. */
export type NumericProfile = Moments & {
  readonly name: string;
  readonly kind: 'numeric';
  /** Rows without a value. */
  readonly missing: number;
  /** Rows with an infinite value. */
  readonly infinite: number;
  /** The number of distinct values, including infinite ones. */
  readonly distinct: number;
  /** True if all are integers. */
  readonly isWhole: boolean;
  /** The quantiles at `PROFILE_QUANTILES`, from the minimum to the maximum; `null` without values. */
  readonly quantiles: readonly (number | null)[];
  readonly outliers: Outliers;
  readonly histogram: Histogram;
};

/** The summary of a category column. */
export type CategoryProfile = {
  readonly name: string;
  readonly kind: 'category';
  readonly missing: number;
  /** The number of distinct levels. */
  readonly distinct: number;
  /** The most frequent levels. */
  readonly top: readonly LevelCount[];
  /** Rows of levels that are not among `top`. */
  readonly otherRows: number;
};

export type ColumnProfile = NumericProfile | CategoryProfile;

/** The summary of a numeric column. */
export function numericProfile(name: string, column: DistinctValues, maxBins: number): NumericProfile {
  const counted = finiteValues(column);
  return {
    name,
    kind: 'numeric',
    missing: column.missing,
    infinite: column.codes.length - column.missing - counted.n,
    distinct: column.values.length,
    isWhole: counted.n > 0 && counted.values.every(Number.isInteger),
    ...moments(counted),
    quantiles: quantiles(counted, PROFILE_QUANTILES),
    outliers: outliers(counted),
    histogram: histogram(counted, maxBins),
  };
}

/** The figures of a category column; `counts` are the rows of each level. */
export function categoryProfile(
  name: string,
  { codes, levels }: CategoryColumn,
  counts: Int32Array,
  maxLevels: number,
): CategoryProfile {
  let present = 0;
  let distinct = 0;
  for (let code = 0; code < counts.length; code++) {
    present += counts[code];
    if (counts[code] > 0) distinct++;
  }
  const top = topLevels(counts, levels, maxLevels).map((code) => ({
    level: levels[code],
    rows: counts[code],
  }));
  const shown = top.reduce((sum, { rows }) => sum + rows, 0);
  return {
    name,
    kind: 'category',
    missing: codes.length - present,
    distinct,
    top,
    otherRows: present - shown,
  };
}
