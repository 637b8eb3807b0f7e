import type { DistinctValues } from './distinct-values.js';
import { finiteValues } from './finite-values.js';
import { quantiles } from './quantiles.js';
import { topLevels } from './top-levels.js';

/** A level or range of a column by which rows are summed up. */
export type ColumnGroup = {
  readonly kind: 'level' | 'range' | 'other' | 'missing';
  /** The level; of the other kinds empty. */
  readonly level: string;
  /** The smallest value in a range; `null` of the other kinds, and if it is infinite. */
  readonly from: number | null;
  /** The largest value in a range. */
  readonly to: number | null;
};

/** The groups of a column's rows; each has a row. */
export interface ColumnGroups {
  readonly groups: readonly ColumnGroup[];
  /** For each code of the column the place of its group; -1 of a code without rows. */
  readonly ofCode: Int32Array;
  /** The place of the group of rows without a value; -1 if there is none. */
  readonly missing: number;
}

/** Ranges are between the deciles. */
const DECILES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** The ranges of a numeric column between its deciles (`qcut` of pandas), or each value a range if there are ten or fewer. */
export function rangeGroups(column: DistinctValues): ColumnGroups {
  const { values } = column;
  const counted = finiteValues(column);
  const ends = values.length <= 10 ? [...values.slice(0, -1)] : (quantiles(counted, DECILES) as number[]);
  // As with qcut, a decile at the minimum is no end of a range, but with few values each is.
  const kept = values.length <= 10 ? ends : ends.filter((end) => end > counted.values[0]);
  const uppers = counted.n === 0 ? [] : [...new Set([...kept, Infinity])];
  const groups: ColumnGroup[] = [];
  const ofCode = new Int32Array(values.length).fill(-1);
  let place = 0;
  for (const upper of uppers) {
    const start = place;
    for (; place < values.length && values[place] <= upper; place++) ofCode[place] = groups.length;
    if (place > start)
      groups.push({ kind: 'range', level: '', from: finite(values[start]), to: finite(values[place - 1]) });
  }
  return withMissing(groups, ofCode, column.missing > 0);
}

/** The most frequent levels of a category column, and all others together. */
export function levelGroups(
  { codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] },
  counts: Int32Array,
  maxLevels: number,
): ColumnGroups {
  const top = topLevels(counts, levels, maxLevels);
  const groups = top.map((code): ColumnGroup => ({ ...NONE, kind: 'level', level: levels[code] }));
  const ofCode = new Int32Array(counts.length).fill(-1);
  top.forEach((code, place) => {
    ofCode[code] = place;
  });
  let others = 0;
  let present = 0;
  for (let code = 0; code < counts.length; code++) {
    present += counts[code];
    if (counts[code] === 0 || ofCode[code] >= 0) continue;
    ofCode[code] = top.length;
    others++;
  }
  if (others > 0) groups.push({ ...NONE, kind: 'other' });
  return withMissing(groups, ofCode, present < codes.length);
}

const NONE = { level: '', from: null, to: null };

function withMissing(groups: ColumnGroup[], ofCode: Int32Array, hasMissing: boolean): ColumnGroups {
  if (!hasMissing) return { groups, ofCode, missing: -1 };
  return { groups: [...groups, { ...NONE, kind: 'missing' }], ofCode, missing: groups.length };
}

/** JSON has no infinity. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The place of each row's group. */
export function groupOfRows(codes: Int32Array, { ofCode, missing }: ColumnGroups): Int32Array {
  return codes.map((code) => (code < 0 ? missing : ofCode[code]));
}

/** Sums over the codes of a column, as sums over its groups. */
export function sumsOfGroups(
  { groups, ofCode, missing }: ColumnGroups,
  perCode: ArrayLike<number>,
  ofMissing: number,
): number[] {
  const sums = groups.map(() => 0);
  for (let code = 0; code < ofCode.length; code++) if (ofCode[code] >= 0) sums[ofCode[code]] += perCode[code];
  if (missing >= 0) sums[missing] += ofMissing;
  return sums;
}
