import { Labels, type LabelsLike, requireTargetPerRow, type Table, type TargetValues } from '@churn/core';
import { percent } from '../format.js';
import { isDates } from './date-columns.js';
import { sampledRows } from './sampled-rows.js';
import { type Separation, separation } from './separation.js';

/** A suspected leak: a column that predicts the target so well that it may be known only after the event. */
export type Leak = {
  readonly column: string;
  /**
   * The out-of-fold AUC of the column alone; for more than two classes, the one-vs-rest mean; for numeric targets, the mean over each
   * tenth against the next.
   */
  readonly auc: number;
  /** Whether the values reveal the target, or only which rows have one. */
  readonly by: 'values' | 'gaps';
  /** A message for people: the finding, and the question that it raises. */
  readonly message: string;
};

export interface FindLeaksOptions {
  /** The name of the target: a column with a similar name is more suspect. */
  readonly target?: string;
  /** Seeds the draw of rows. Default 0. */
  readonly seed?: number;
}

/** An AUC that no honest column has. */
const SEPARATES = 0.99;
/** One that is suspect of a column that is called like an outcome. */
const NAMED = 0.9;
/** Of a date, one of having a value at all, since the date of an event is present only if the event was; or with such a name. */
const DATED = 0.75;

const MAX_ROWS = 20_000;
const LEAST_ROWS = 1000;
/** So many cells are looked at in all, whatever the table's size. */
const MAX_CELLS = 2_000_000;
/** With fewer rows of a class, chance separates them. */
const MIN_OF_A_CLASS = 5;
const MIN_ROWS = 20;
/** Into so many parts target values are divided, and into fewer where these would have too few rows to be distinguished by. */
const PARTS = 10;
const ROWS_OF_A_PART = 10;

/** Words for what ends a relation, and for what is known at its end. */
const OUTCOME =
  /^(?:attrit\w*|cancel\w*|churn\w*|closed?|closing|closure|deactivat\w*|end(?:ed|ing)?|exit\w*|expir\w*|final\w*|leav\w*|left|lost|outcome|quit|reason|resol\w*|result|status|terminat\w*|unsubscri\w*)$/;

/**
 * Finds target leakage: columns that separate the classes on their own, as if known only after the event, by their values or by which
 * rows have one (such as a cancellation date). Suspect are
 *
 * - an AUC of 0.99 or more: of numbers and dates by their order or by out-of-fold rates between quantiles, of categories by out-of-fold
 *   rates, and of any by having a value;
 * - an AUC of 0.9 or more, of dates 0.75, where the name speaks of an outcome (cancel, churn, closed, end, exit, status, …) or of the
 *   target;
 * - a date that one class has and the other has not, with an AUC of 0.75 or more.
 *
 * Of target values, the AUC is that of the rows of one tenth of the target values against those of the next, on average. A good column
 * tells far tenths apart, and one with a correlation of 0.99 does not reach 0.99 by this; a copy of the target, its sum with a fee or its
 * logarithm does.
 *
 * The work is bounded, however many rows and columns there are: a sample of at most 20,000 rows is looked at, fewer of wide tables, with
 * equally many of each class.
 *
 * ```ts
 * findLeaks(customers, left, { target: 'left' }).map(({ message }) => message);
 * // ['"closed_on": the presence of a value alone ranks the target with an AUC of 1.0000; is it known only after the event?']
 * ```
 *
 * @returns the strongest first; none if there are fewer than 20 rows, or fewer than 5 of each class.
 * @param y labels, or numbers.
 * @throws `invalid-target` for what are neither; `invalid-data` if there is not one per row.
 */
export function findLeaks(
  x: Table,
  y: LabelsLike | TargetValues,
  { target, seed = 0 }: FindLeaksOptions = {},
): Leak[] {
  const known = isTargetValues(y) ? y : Labels.from(y);
  requireTargetPerRow(x, known);
  const most = Math.min(MAX_ROWS, Math.max(LEAST_ROWS, Math.floor(MAX_CELLS / Math.max(1, x.names.length))));
  const wanted = known.kind === 'values' ? neighbours(known, most, seed) : classesApart(known, most, seed);
  if (wanted.length === 0) return [];
  const ranks = known.kind === 'values' ? 'separates neighbouring deciles of the target' : 'ranks the target';
  const leaks: Leak[] = [];
  for (const [name, column] of x.entries()) {
    if (name === target) continue;
    const isDate = isDates(column);
    const found = meanSeparation(
      wanted.map(({ rows, isPositive }) => separation(column, rows, isPositive, isDate)),
    );
    const message = suspicion(name, found, isDate, { target, ranks });
    if (message === undefined) continue;
    const by = found.gaps >= found.auc ? 'gaps' : 'values';
    leaks.push({
      column: name,
      auc: found.auc,
      by,
      message: `"${name}": ${message}; is it known only after the event?`,
    });
  }
  return leaks.sort((a, b) => b.auc - a.auc);
}

function isTargetValues(y: LabelsLike | TargetValues): y is TargetValues {
  return (y as Partial<TargetValues> | undefined)?.kind === 'values';
}

/** Rows of two kinds, which a column may distinguish. */
interface Contrast {
  readonly rows: Int32Array;
  /** 1 for each of the rows that is of the second kind. */
  readonly isPositive: Uint8Array;
}

/** Each class against all others; none if there are too few rows. */
function classesApart(labels: Labels, most: number, seed: number): Contrast[] {
  const rows = drawnRows(labels, most, seed);
  const { codes } = labels.take(rows);
  const classes = [...labels.classes.keys()].filter((code) => countOf(codes, code) >= MIN_OF_A_CLASS);
  if (codes.length < MIN_ROWS || classes.length < 2) return [];
  // Of two, each class against the other says the same.
  return (classes.length === 2 ? classes.slice(1) : classes).map((code) => ({
    rows,
    isPositive: Uint8Array.from(codes, (each) => (each === code ? 1 : 0)),
  }));
}

/** Each part of the target values, in their order, against the next; equal values are in one part. */
function neighbours({ values }: TargetValues, most: number, seed: number): Contrast[] {
  const drawn =
    values.length <= most ? Int32Array.from(values.keys()) : sampledRows(values.length, most, seed);
  const rows = drawn.sort((a, b) => values[a] - values[b]);
  const nParts = Math.min(PARTS, Math.floor(rows.length / ROWS_OF_A_PART));
  const parts: Int32Array[] = [];
  let start = 0;
  for (let part = 1; part <= nParts; part++) {
    let end = Math.max(start, Math.floor((rows.length * part) / nParts));
    while (end > start && end < rows.length && values[rows[end]] === values[rows[end - 1]]) end++;
    if (end - start >= MIN_OF_A_CLASS) parts.push(rows.slice(start, end));
    start = end;
  }
  return parts.slice(1).map((next, i) => {
    const both = Int32Array.of(...parts[i], ...next);
    return { rows: both, isPositive: Uint8Array.from(both, (_, place) => (place < parts[i].length ? 0 : 1)) };
  });
}

function suspicion(
  name: string,
  { auc, gaps }: Separation,
  isDate: boolean,
  { target, ranks }: { readonly target: string | undefined; readonly ranks: string },
): string | undefined {
  const told = `alone ${ranks} with an AUC of ${auc.toFixed(4)}`;
  if (auc >= SEPARATES) return gaps >= auc ? `the presence of a value ${told}` : told;
  if (isDate && gaps >= DATED)
    return `a date that one class has ${percent(2 * gaps - 1)} more often than the others`;
  if (auc >= (isDate ? DATED : NAMED) && speaksOfOutcome(name, target))
    return `named like an outcome, it ${told}`;
  return undefined;
}

/** Whether a word of a name is one for an outcome, or begins as one of the target's name does. */
function speaksOfOutcome(name: string, target = ''): boolean {
  const beginnings = new Set(
    wordsOf(target)
      .filter((word) => word.length >= 5)
      .map((word) => word.slice(0, 5)),
  );
  return wordsOf(name).some((word) => OUTCOME.test(word) || beginnings.has(word.slice(0, 5)));
}

/** The words of a name such as `closedOn`, `closed_on` or `Closed on`, in lower case. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}

/** The numbers of the rows that are looked at, of each class equally many if there are so many. */
function drawnRows(labels: Labels, most: number, seed: number): Int32Array {
  const counts = labels.counts();
  const each = Math.ceil(most / counts.length);
  const ofClass = counts.map((count) => new Int32Array(count));
  const filled = counts.map(() => 0);
  labels.codes.forEach((code, row) => {
    ofClass[code][filled[code]++] = row;
  });
  const drawn = ofClass.flatMap((rows) =>
    rows.length <= each ? [...rows] : Array.from(sampledRows(rows.length, each, seed), (i) => rows[i]),
  );
  return Int32Array.from(drawn).sort();
}

function meanSeparation(all: readonly Separation[]): Separation {
  const mean = (of: (each: Separation) => number) =>
    all.reduce((sum, each) => sum + of(each), 0) / all.length;
  return { auc: mean(({ auc }) => auc), gaps: mean(({ gaps }) => gaps) };
}

function countOf(codes: Int32Array, code: number): number {
  let count = 0;
  for (const each of codes) if (each === code) count++;
  return count;
}
