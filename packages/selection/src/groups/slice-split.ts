import { type CategoryColumn, type Column, lowerBound, type Table } from '@churn/core';
import { shortNumberBetween } from './short-number-between.js';
import type { SliceCondition } from './slice-condition.js';

/** Rows divided by whether they meet a condition. */
export interface SliceSplit {
  readonly inside: SliceCondition;
  /** What all other rows meet. */
  readonly outside: SliceCondition;
  /** How much less the squared deviations of the losses from their means are. */
  readonly gain: number;
}

/** How often a sum of losses came about, and how they vary. */
interface Moments {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

/** Numbers are divided at so many quantiles or fewer. */
const MAX_CUTS = 128;

/** Parts of which the mean losses are not so many standard errors apart are not divided: of many divisions some look good by chance. */
const LEAST_ERRORS = 4;

/**
 * The division of rows by one column that parts high losses from low ones the most, as a regression tree finds it (Breiman et al.,
 * "Classification and Regression Trees", 1984).
 *
 * @param minRows the fewest rows of each part.
 * @returns nothing where no division parts them by more than chance.
 */
export function bestSplit(
  x: Table,
  rows: Int32Array,
  losses: Float64Array,
  minRows: number,
): SliceSplit | undefined {
  let mean = 0;
  for (const row of rows) mean += losses[row] / rows.length;
  const centred = (row: number) => losses[row] - mean;
  let best: SliceSplit | undefined;
  for (const [name, column] of x.entries()) {
    const splits =
      column.kind === 'category'
        ? levelSplits(name, column, rows, centred)
        : numberSplits(name, column, rows, centred);
    for (const { moments, all, inside, outside } of splits) {
      const gain = gainOf(moments, all, minRows);
      if (gain > (best?.gain ?? 0)) best = { inside, outside, gain };
    }
  }
  return best;
}

interface Candidate extends Omit<SliceSplit, 'gain'> {
  /** Those of the rows that meet the condition, and of all. */
  readonly moments: Moments;
  readonly all: Moments;
}

function gainOf(inside: Moments, all: Moments, minRows: number): number {
  const outside = less(all, inside);
  if (inside.n < minRows || outside.n < minRows) return 0;
  const difference = inside.sum / inside.n - outside.sum / outside.n;
  const error = variance(inside) / inside.n + variance(outside) / outside.n;
  if (difference * difference <= LEAST_ERRORS * LEAST_ERRORS * error) return 0;
  return ((inside.n * outside.n) / all.n) * difference * difference;
}

function variance({ n, sum, squares }: Moments): number {
  return Math.max(0, squares - (sum * sum) / n) / (n - 1);
}

/** Each level, and missing values, against all others. */
function levelSplits(
  column: string,
  { codes, levels }: CategoryColumn,
  rows: Int32Array,
  loss: (row: number) => number,
): Candidate[] {
  const bins = binned(levels.length + 1, rows, (row) => codes[row] + 1, loss);
  const all = total(bins);
  return bins.map((moments, bin) => ({
    ...{ moments, all },
    inside: bin === 0 ? { column, isMissing: true } : { column, is: levels[bin - 1] },
    outside: bin === 0 ? { column, isMissing: false } : { column, isNot: levels[bin - 1] },
  }));
}

/** Numbers up to each cut against larger ones, missing values on either side; and missing values against all others. */
function numberSplits(
  column: string,
  { values }: Column & { readonly kind: 'numeric' },
  rows: Int32Array,
  loss: (row: number) => number,
): Candidate[] {
  const cuts = cutsOf(Float64Array.from(rows, (row) => values[row]).filter((value) => !Number.isNaN(value)));
  // Whether there are missing ones decides for the column, so that every row is on one side.
  const hasMissing = values.some(Number.isNaN);
  const bins = binned(cuts.length + 2, rows, (row) => binOf(values[row], cuts), loss);
  const all = total(bins);
  const [missing, ...numbers] = bins;
  const splits: Candidate[] = hasMissing
    ? [{ moments: missing, all, inside: { column, isMissing: true }, outside: { column, isMissing: false } }]
    : [];
  let below: Moments = NONE;
  cuts.forEach((cut, i) => {
    below = plus(below, numbers[i]);
    const upTo = (orMissing: boolean) => ({ column, upTo: cut, orMissing });
    const above = (orMissing: boolean) => ({ column, above: cut, orMissing });
    splits.push({ moments: below, all, inside: upTo(false), outside: above(hasMissing) });
    if (hasMissing)
      splits.push({ moments: plus(below, missing), all, inside: upTo(true), outside: above(false) });
  });
  return splits;
}

/** Bounds between quantiles, each below the largest number. */
function cutsOf(numbers: Float64Array): number[] {
  const sorted = numbers.sort();
  const cuts: number[] = [];
  for (let i = 1; i <= MAX_CUTS; i++) {
    const place = Math.floor((i * sorted.length) / (MAX_CUTS + 1));
    const low = sorted[place];
    let next = place + 1;
    while (next < sorted.length && sorted[next] === low) next++;
    if (next >= sorted.length) break;
    const cut = shortNumberBetween(low, sorted[next]);
    if (cut !== cuts[cuts.length - 1]) cuts.push(cut);
  }
  return cuts;
}

/** 0 for a missing value, else one more than the place of the first cut that is not below it. */
function binOf(value: number, cuts: readonly number[]): number {
  return Number.isNaN(value) ? 0 : lowerBound(cuts, value) + 1;
}

const NONE: Moments = { n: 0, sum: 0, squares: 0 };

function binned(
  nBins: number,
  rows: Int32Array,
  binOfRow: (row: number) => number,
  loss: (row: number) => number,
): Moments[] {
  const bins = Array.from({ length: nBins }, () => ({ n: 0, sum: 0, squares: 0 }));
  for (const row of rows) {
    const bin = bins[binOfRow(row)];
    const value = loss(row);
    bin.n++;
    bin.sum += value;
    bin.squares += value * value;
  }
  return bins;
}

function total(bins: readonly Moments[]): Moments {
  return bins.reduce(plus, NONE);
}

function plus(a: Moments, b: Moments): Moments {
  return { n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares };
}

function less(a: Moments, b: Moments): Moments {
  return { n: a.n - b.n, sum: a.sum - b.sum, squares: a.squares - b.squares };
}
