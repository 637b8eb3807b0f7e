import { type Column, cellAt, countMissing, square, type Table } from '@churn/core';

/** The balance of treated and control rows in a numeric column, or in one level of a category column. */
export interface BalanceRow {
  readonly column: string;
  /** The level; `null` for missing values; absent for the mean of a numeric column. */
  readonly level?: string | null;
  /** The mean of the treated rows, or their share with the level. */
  readonly treated: number;
  /** The same of the control rows. */
  readonly control: number;
  /** The standardised difference: treated minus control, in units of the standard deviation within arms (Austin, 2009). */
  readonly difference: number;
}

/** The maximum number of levels compared per column, the most frequent ones. */
const MAX_LEVELS = 20;

/** The balance of all columns, the largest differences first. */
export function balanceRows(x: Table, treated: Uint8Array): BalanceRow[] {
  return Array.from(x.entries(), ([name, column]) => ofColumn(name, column, treated))
    .flat()
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
}

function ofColumn(name: string, column: Column, treated: Uint8Array): BalanceRow[] {
  const levels = column.kind === 'category' ? frequentLevels(column.codes, column.levels) : [];
  const ofLevels = [...levels, ...(countMissing(column) > 0 ? [null] : [])].map((level) => {
    const has = Float64Array.from(treated, (_, row) => Number(cellAt(column, row) === level));
    return { column: name, level, ...difference(has, treated) };
  });
  if (column.kind === 'category') return ofLevels;
  return [{ column: name, ...difference(column.values, treated) }, ...ofLevels];
}

function frequentLevels(codes: Int32Array, levels: readonly string[]): string[] {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]++;
  return levels
    .map((level, code) => ({ level, count: counts[code] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, MAX_LEVELS)
    .map(({ level }) => level);
}

/** The means of both arms and their standardised difference, ignoring missing values. */
function difference(values: Float64Array, treated: Uint8Array) {
  const [control, ofTreated] = [0, 1].map((arm) => {
    const known = values.filter((value, row) => treated[row] === arm && !Number.isNaN(value));
    const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
    const variance =
      known.reduce((sum, value) => sum + square(value - mean), 0) / Math.max(known.length - 1, 1);
    return { mean, variance };
  });
  const gap = ofTreated.mean - control.mean;
  const deviation = Math.sqrt((ofTreated.variance + control.variance) / 2);
  // If neither arm varies, the arms are equal or infinitely far apart.
  const difference = gap === 0 ? 0 : deviation === 0 ? Math.sign(gap) * Infinity : gap / deviation;
  return { treated: ofTreated.mean, control: control.mean, difference };
}
