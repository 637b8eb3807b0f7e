import { type Column, cellAt, countMissing, square, type Table } from '@churn/core';

/** The balance of treated and control rows in one column, or in one level of a category. */
export interface BalanceRow {
  readonly column: string;
  /** The level; `null` for missing values; not there for the mean of numbers. */
  readonly level?: string | null;
  /** The mean of the treated rows, or the share of them that have the level. */
  readonly treated: number;
  /** The same of the control rows. */
  readonly control: number;
  /** The standardised difference: treated minus control, in units of the standard deviation within arms (Austin, 2009). */
  readonly difference: number;
}

/** So many levels of a category are compared at most, the most frequent ones. */
const MOST_LEVELS = 20;

/** What sets the arms apart in all columns, the largest differences first. */
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
    .slice(0, MOST_LEVELS)
    .map(({ level }) => level);
}

/** Means of both arms, and their standardised difference; missing values do not count. */
function difference(values: Float64Array, treated: Uint8Array) {
  const [control, ofTreated] = [0, 1].map((arm) => {
    const known = values.filter((value, row) => treated[row] === arm && !Number.isNaN(value));
    const mean = known.length === 0 ? 0 : known.reduce((sum, value) => sum + value, 0) / known.length;
    const variance =
      known.reduce((sum, value) => sum + square(value - mean), 0) / Math.max(known.length - 1, 1);
    return { mean, variance };
  });
  const apart = ofTreated.mean - control.mean;
  const deviation = Math.sqrt((ofTreated.variance + control.variance) / 2);
  // Where neither arm varies, they are the same or have nothing in common.
  const difference = apart === 0 ? 0 : deviation === 0 ? Math.sign(apart) * Infinity : apart / deviation;
  return { treated: ofTreated.mean, control: control.mean, difference };
}
