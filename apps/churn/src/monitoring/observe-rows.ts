import { ChurnError, Table } from '@churn/core';
import { type DatasetSchema, quoted } from '@churn/io';
import { ProfileCounts, type ReferenceProfile } from '@churn/monitor';
import type { Window } from '../config/windows.js';
import type { KnownLabels } from './known-labels.js';
import { LabelledRows, type LabelledScores } from './labelled-scores.js';
import type { MonitoredPart } from './monitored-part.js';
import type { Outcome } from './outcome/outcome.js';
import { RowSample } from './row-sample.js';
import { windowsOf } from './window.js';

/** The maximum number of windows, which limits memory. */
const MAX_WINDOWS = 400;
/** The size of the sample for distinguishing old and new rows. */
const SAMPLED = 5000;
const UNDATED = '';

export interface ObserveOptions {
  /** The name of the input. */
  readonly input: string;
  readonly profile: ReferenceProfile;
  /** How labels are read; `undefined` without labels. */
  readonly outcome: Outcome | undefined;
  /** The date column that divides rows into windows, and their length. */
  readonly dates: { readonly column: string; readonly window: Window } | undefined;
  readonly labels: KnownLabels | undefined;
  /** Whether to draw a sample of rows. */
  readonly isSampled: boolean;
  readonly seed: number;
}

/** The statistics of the rows of an input. */
export interface Observation {
  readonly counts: ProfileCounts;
  readonly rejected: {
    /** The number of rows that could not be read. */
    readonly unread: number;
    /** The number of other rows without a score. */
    readonly unscored: number;
    readonly first: MonitoredPart['rejected'][number] | undefined;
  };
  readonly labelled: LabelledScores | undefined;
  readonly sample: Table | undefined;
  /** In chronological order; empty without dates. */
  readonly windows: readonly ObservedWindow[];
  /** The number of rows without a date. */
  readonly undated: number;
}

interface ObservedWindow {
  readonly window: string;
  readonly counts: ProfileCounts;
  readonly labelled: LabelledScores | undefined;
}

/** Processes the rows in one pass, in constant memory except for the predictions of labelled rows. */
export async function observeRows(
  parts: AsyncIterable<MonitoredPart>,
  options: ObserveOptions,
): Promise<Observation> {
  const observer = new RowObserver(options);
  for await (const part of parts) observer.add(part);
  return observer.end();
}

class RowObserver {
  readonly #options: ObserveOptions;
  readonly #windows = new Map<string, WindowRows>();
  readonly #sample: RowSample;
  #unread = 0;
  #unscored = 0;
  #first: MonitoredPart['rejected'][number] | undefined;

  constructor(options: ObserveOptions) {
    this.#options = options;
    this.#sample = new RowSample(SAMPLED, options.seed);
  }

  add(part: MonitoredPart): void {
    const { input, profile, labels, outcome, dates, isSampled } = this.#options;
    const read = new Set(part.rejected.length > 0 ? Array.from(part.lines) : []);
    this.#unread += part.rejected.filter(({ line }) => !read.has(line)).length;
    this.#unscored += part.nRows - part.rows.length;
    this.#first ??= part.rejected[0];
    const table = Table.fromColumns(part.columns, part.nRows);
    const known = labels?.of(part, table);
    const outcomes = known && outcome?.since(known, table);
    if (isSampled) this.#sample.add(table.select(profile.columns.map(({ name }) => name)));
    const places = new Int32Array(part.nRows).fill(-1);
    part.rows.forEach((row, place) => {
      places[row] = place;
    });
    const windowOf = dates
      ? windowsOf(table.category(dates.column), dates.window, `${input}, column ${quoted(dates.column)}`)
      : undefined;
    if (!windowOf) {
      this.#window(UNDATED).add(table, part.predictions, places, outcomes);
      return;
    }
    const rowsOf = new Map<string, number[]>();
    for (let row = 0; row < part.nRows; row++) {
      const window = windowOf(row) ?? UNDATED;
      const rows = rowsOf.get(window);
      if (rows) rows.push(row);
      else rowsOf.set(window, [row]);
    }
    for (const [window, rows] of rowsOf) {
      const own = rows.length === part.nRows ? table : table.take(rows);
      this.#window(window).add(
        own,
        part.predictions,
        Int32Array.from(rows, (row) => places[row]),
        outcomes?.map((column) => Float64Array.from(rows, (row) => column[row])),
      );
    }
  }

  end(): Observation {
    const { labels, dates, outcome } = this.#options;
    const scoresOf = (rows: LabelledRows) => outcome && rows.scores(outcome.target);
    labels?.end();
    const counts = new ProfileCounts(this.#options.profile);
    const all = new LabelledRows();
    for (const each of this.#windows.values()) {
      counts.merge(each.counts);
      all.addAll(each.labelled);
    }
    const dated = [...this.#windows].filter(([window]) => window !== UNDATED);
    return {
      counts,
      rejected: { unread: this.#unread, unscored: this.#unscored, first: this.#first },
      labelled: scoresOf(all),
      sample: this.#sample.table(),
      windows: dated
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([window, rows]) => ({
          window,
          counts: rows.counts,
          labelled: scoresOf(rows.labelled),
        })),
      undated: dates ? (this.#windows.get(UNDATED)?.counts.rows ?? 0) : 0,
    };
  }

  #window(name: string): WindowRows {
    const known = this.#windows.get(name);
    if (known) return known;
    const { dates, profile, input } = this.#options;
    if (dates && this.#windows.size === MAX_WINDOWS) {
      throw new ChurnError(
        'invalid-data',
        `${input}, column ${quoted(dates.column)}: expected dates in at most ${MAX_WINDOWS} windows of a ${dates.window}, got more; use longer ones by --window`,
      );
    }
    const rows = new WindowRows(profile);
    this.#windows.set(name, rows);
    return rows;
  }
}

/** The rows of a window. */
class WindowRows {
  readonly counts: ProfileCounts;
  readonly labelled = new LabelledRows();

  constructor(profile: ReferenceProfile) {
    this.counts = new ProfileCounts(profile);
  }

  /**
   * @param places the index of each row's scores; -1 if it has none.
   * @param outcomes the outcome of each row; `NaN` in the first array if unknown.
   */
  add(
    table: Table,
    predictions: readonly Float64Array[],
    places: Int32Array,
    outcomes: readonly Float64Array[] | undefined,
  ): void {
    // The usual case needs no copy.
    if (places.length === predictions[0].length && places.every((place, row) => place === row)) {
      this.counts.add(table, predictions);
      if (outcomes) this.labelled.add(outcomes, predictions);
      return;
    }
    const rows = Int32Array.from(places.keys());
    const scored = rows.filter((row) => places[row] >= 0);
    const others = rows.filter((row) => places[row] < 0);
    const own = predictions.map((column) => Float64Array.from(scored, (row) => column[places[row]]));
    this.counts.add(table.take(scored), own);
    if (others.length > 0) this.counts.add(table.take(others));
    if (outcomes) {
      const known = outcomes.map((column) => Float64Array.from(scored, (row) => column[row]));
      this.labelled.add(known, own);
    }
  }
}

/** The columns to read besides those of the model. */
export function otherColumns(
  known: DatasetSchema,
  { target = [], date, ids }: { target?: DatasetSchema; date?: string; ids?: readonly string[] },
): DatasetSchema {
  const declared = new Map(known.map((column) => [column.name, column]));
  return [
    ...target,
    ...(date === undefined ? [] : [{ ...declared.get(date), name: date, kind: 'date' as const }]),
    ...(ids ?? []).map((name) => ({ name, kind: 'category' as const })),
  ];
}
