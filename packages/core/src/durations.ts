import { ChurnError } from './error.js';
import { isList } from './is-list.js';
import { requireRows } from './row-numbers.js';

/** Durations and event indicators, as lists with one value per row. */
export interface DurationLists {
  /** How long each row was observed: a non-negative finite number. */
  readonly durations: ArrayLike<number>;
  /** Whether the event was observed: `true` or 1; `false` or 0 if the row is censored. */
  readonly events: ArrayLike<number | boolean>;
  /** When each row entered observation (left truncation): at least 0 and below its duration. Default: 0. */
  readonly entry?: ArrayLike<number> | undefined;
}

/** The accepted forms of a survival target. */
export type DurationsLike = Durations | DurationLists;

/** A survival target: how long each row was observed, and whether the event ended it. */
export class Durations {
  readonly kind = 'durations';

  private constructor(
    /** The duration of each row. */
    readonly values: Float64Array,
    /** 1 if the event was observed, 0 if the row is censored. */
    readonly events: Uint8Array,
    /** When each row entered observation; `undefined` if all were observed from the start. */
    readonly entry: Float64Array | undefined,
  ) {}

  /**
   * Durations from lists, such as table columns.
   *
   * ```ts
   * Durations.from({ durations: x.numeric('tenure'), events: x.numeric('left') });
   * ```
   *
   * @throws `invalid-target` if a duration is missing, infinite, negative or not a number, an event is neither 0 nor 1, or an entry is
   * not below its duration, naming the row; if the lists differ in length; or if no row has an event.
   */
  static from(given: DurationsLike): Durations {
    if (isDurations(given)) return given;
    const { durations, events, entry } = (given ?? {}) as Partial<DurationLists>;
    if (!isList(durations) || !isList(events) || (entry !== undefined && !isList(entry)))
      throw new ChurnError(
        'invalid-target',
        'expected durations: { durations, events }, each a list with one value per row, and optionally entry',
      );
    requireLength('events', events, durations.length);
    if (entry) requireLength('entry times', entry, durations.length);
    const values = numbersOf(durations, 'duration');
    const codes = Uint8Array.from(events as ArrayLike<number>, (event, row) => {
      if (Number(event) === 0 || Number(event) === 1) {
        if (typeof event === 'boolean' || typeof event === 'number') return Number(event);
      }
      throw wrong(row, 'an event of 0 or 1', event);
    });
    const entries = entry && numbersOf(entry, 'entry');
    const late = entries ? entries.findIndex((start, row) => start >= values[row]) : -1;
    if (entries && late >= 0)
      throw wrong(late, `an entry below its duration, ${values[late]}`, entries[late]);
    if (!codes.includes(1))
      throw new ChurnError(
        'invalid-target',
        `expected at least one row with an event, got none among ${codes.length}`,
      );
    return new Durations(values, codes, entries);
  }

  get length(): number {
    return this.values.length;
  }

  /**
   * The durations of the given rows, in that order; there need not be an event among them.
   * @throws `invalid-parameter` if a row index is out of range.
   */
  take(rows: ArrayLike<number>): Durations {
    requireRows(rows, this.length);
    const { values, events, entry } = this;
    return new Durations(
      Float64Array.from(rows, (row) => values[row]),
      Uint8Array.from(rows, (row) => events[row]),
      entry && Float64Array.from(rows, (row) => entry[row]),
    );
  }
}

function numbersOf(list: ArrayLike<number>, what: string): Float64Array {
  return Float64Array.from(list, (value, row) => {
    if (Number.isFinite(value) && value >= 0) return value;
    throw wrong(row, `a finite ${what} of at least 0`, value);
  });
}

function requireLength(name: string, list: ArrayLike<unknown>, length: number): void {
  if (list.length === length) return;
  throw new ChurnError('invalid-target', `expected ${length} ${name}, one per duration, got ${list.length}`);
}

function wrong(row: number, expected: string, value: unknown): ChurnError {
  const shown = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
  return new ChurnError('invalid-target', `row ${row}: expected ${expected}, got ${shown.slice(0, 60)}`);
}

// Not instanceof: they may come from the other build (ESM or CommonJS) of this package.
function isDurations(given: DurationsLike): given is Durations {
  return (given as Partial<Durations> | null)?.kind === 'durations';
}
