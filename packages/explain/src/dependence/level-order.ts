import type { Column, Table } from '@churn/core';
import { quantiles } from './grid.js';
import { firstPrincipalCoordinate } from './principal-coordinate.js';

/** The number of quantiles at which distributions of numbers are compared. */
const QUANTILES = 100;

/**
 * The levels that occur in a category column, ordered so that levels with similar rows are neighbours: by the first principal coordinate of
 * the distances between them (classical multidimensional scaling). The distance between two levels is the sum, over the other columns, of
 * the distances between the distributions of their rows: for numbers the Kolmogorov-Smirnov statistic, for categories half the sum of the
 * differences of shares (Apley and Zhu, 2020, appendix E). The most frequent level is in the first half.
 *
 * @param columns the columns by which levels are compared; `column` itself is ignored.
 */
export function levelsBySimilarity(x: Table, column: string, columns: readonly string[]): string[] {
  const { codes, levels } = x.category(column);
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  const present = [...levels.keys()].filter((code) => counts[code] > 0);
  if (present.length < 3) return present.sort((a, b) => counts[b] - counts[a]).map((code) => levels[code]);
  const places = new Int32Array(levels.length).fill(-1);
  present.forEach((code, place) => {
    places[code] = place;
  });
  const groups = codes.map((code) => (code >= 0 ? places[code] : -1));
  const distances = present.map(() => new Float64Array(present.length));
  for (const other of columns) {
    if (other !== column) addDistances(distances, profiles(x.column(other), groups, present.length));
  }
  const coordinates = firstPrincipalCoordinate(distances);
  const frequent = present.reduce(
    (best, code, place) => (counts[code] > counts[present[best]] ? place : best),
    0,
  );
  const sign = coordinates[frequent] > 0 ? -1 : 1;
  return present
    .map((code, place) => ({ level: levels[code], at: sign * coordinates[place] }))
    .sort((a, b) => a.at - b.at)
    .map(({ level }) => level);
}

/** The distributions of a column in several groups, and how to compare them. */
interface Profiles {
  /** For each group, the cumulative shares at quantiles of all rows, or the shares of levels; `undefined` for a group without numbers. */
  readonly shares: readonly (Float64Array | undefined)[];
  /** The distance between two groups' shares. */
  readonly distance: (a: Float64Array, b: Float64Array) => number;
}

function profiles(column: Column, groups: Int32Array, nGroups: number): Profiles {
  return column.kind === 'numeric'
    ? { shares: cumulativeShares(column.values, groups, nGroups), distance: largestDifference }
    : {
        shares: levelShares(column.codes, column.levels.length, groups, nGroups),
        distance: (a, b) => a.reduce((sum, share, k) => sum + Math.abs(share - b[k]), 0) / 2,
      };
}

function largestDifference(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, share, k) => Math.max(most, Math.abs(share - b[k])), 0);
}

function cumulativeShares(values: Float64Array, groups: Int32Array, nGroups: number) {
  const at = quantiles(values, QUANTILES);
  return Array.from({ length: nGroups }, (_, group) => {
    const own = values.filter((value, row) => groups[row] === group && !Number.isNaN(value)).sort();
    if (own.length === 0) return undefined;
    let below = 0;
    return Float64Array.from(at, (end) => {
      while (below < own.length && own[below] <= end) below++;
      return below / own.length;
    });
  });
}

/** The share of each level in each group; missing values count as a last level. */
function levelShares(
  codes: Int32Array,
  nLevels: number,
  groups: Int32Array,
  nGroups: number,
): Float64Array[] {
  const shares = Array.from({ length: nGroups }, () => new Float64Array(nLevels + 1));
  const counts = new Int32Array(nGroups);
  groups.forEach((group, row) => {
    if (group < 0) return;
    counts[group]++;
    shares[group][codes[row] < 0 ? nLevels : codes[row]]++;
  });
  return shares.map((each, group) => each.map((count) => count / counts[group]));
}

function addDistances(distances: readonly Float64Array[], { shares, distance }: Profiles): void {
  shares.forEach((a, i) => {
    shares.forEach((b, j) => {
      if (a && b && i !== j) distances[i][j] += distance(a, b);
    });
  });
}
