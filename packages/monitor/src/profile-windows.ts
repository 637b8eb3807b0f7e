import { ChurnError, isoDay, oneOf, parseIsoDate, readOptions, required, type Table } from '@churn/core';
import { ProfileCounts } from './profile-counts.js';
import type { ReferenceProfile } from './reference-profile.js';

export type WindowLength = 'day' | 'week' | 'month';

const parameters = {
  /** The length of a window: a day, a week starting on Monday, or a calendar month, in UTC. */
  every: required(oneOf(['day', 'week', 'month'])),
};

/** The counts of a time window. */
export interface ProfileWindow {
  /** The first day, `2024-02-26`. */
  readonly start: string;
  /** The day after the last. */
  readonly end: string;
  readonly counts: ProfileCounts;
}

/** Limits memory, but allows days over a few years. */
const MAX_WINDOWS = 2000;
const DAY = 86_400_000;

/**
 * Counts new rows in time windows of a day, a week or a month, by a date column.
 *
 * ```ts
 * const months = new ProfileWindows(reference, { every: 'month' });
 * months.add(table, 'signed_at', probabilities);
 * for (const { start, counts } of months.windows) compareProfiles(reference, counts).alerts;
 * ```
 */
export class ProfileWindows {
  /** The number of rows without a valid date. */
  undated = 0;
  readonly #every: WindowLength;
  /** The counts by the first day of the window, in days since 1970. */
  readonly #counts = new Map<number, ProfileCounts>();

  constructor(
    readonly reference: ReferenceProfile,
    options: { readonly every: WindowLength },
  ) {
    this.#every = readOptions(parameters, options).every;
  }

  /** The windows with rows, in chronological order. */
  get windows(): ProfileWindow[] {
    const starts = [...this.#counts.keys()].sort((a, b) => a - b);
    return starts.map((start) => ({
      start: isoDay(start),
      end: isoDay(endOf(start, this.#every)),
      counts: this.#counts.get(start) as ProfileCounts,
    }));
  }

  /**
   * Counts the rows of a table.
   *
   * @param dates the name of a column of ISO 8601 dates, which need not be in the reference; invalid dates count as `undated`.
   * @param probabilities as in `ProfileCounts.add`.
   * @throws as `ProfileCounts.add`; `column-name` or `column-kind` if there is no such category column; `invalid-parameter` if there are
   * more than 2,000 windows.
   */
  add(table: Table, dates: string, probabilities?: readonly ArrayLike<number>[]): void {
    const { codes, levels } = table.category(dates);
    const starts = levels.map((level) => startOf(level, this.#every));
    const rowsOf = new Map<number, number[]>();
    let undated = 0;
    codes.forEach((code, row) => {
      const start = code < 0 ? undefined : starts[code];
      if (start === undefined) {
        undated++;
        return;
      }
      const rows = rowsOf.get(start);
      if (rows) rows.push(row);
      else rowsOf.set(start, [row]);
    });
    const all = new Set([...this.#counts.keys(), ...rowsOf.keys()]);
    if (all.size > MAX_WINDOWS) {
      throw new ChurnError(
        'invalid-parameter',
        `every: expected at most ${MAX_WINDOWS} windows, got ${all.size} of one ${this.#every} each`,
      );
    }
    const added = Array.from(rowsOf, ([start, rows]): [number, ProfileCounts] => {
      const counts = new ProfileCounts(this.reference);
      const taken = probabilities?.map((column) => Float64Array.from(rows, (row) => column[row]));
      counts.add(table.take(rows), taken);
      return [start, counts];
    });
    // Only now, so that an error leaves the windows unchanged.
    for (const [start, counts] of added) {
      const known = this.#counts.get(start);
      if (known) known.merge(counts);
      else this.#counts.set(start, counts);
    }
    this.undated += undated;
  }
}

/** The first day of the window of a date, in days since 1970. */
function startOf(text: string, every: WindowLength): number | undefined {
  const date = parseIsoDate(text);
  if (date === undefined) return undefined;
  const day = Math.floor(date.getTime() / DAY);
  // 1970 began on a Thursday.
  if (every === 'week') return day - ((((day + 3) % 7) + 7) % 7);
  return every === 'month' ? day - (date.getUTCDate() - 1) : day;
}

function endOf(start: number, every: WindowLength): number {
  if (every !== 'month') return start + (every === 'week' ? 7 : 1);
  const date = new Date(start * DAY);
  date.setUTCMonth(date.getUTCMonth() + 1);
  return date.getTime() / DAY;
}
