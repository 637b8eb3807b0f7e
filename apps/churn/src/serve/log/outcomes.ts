import { canonicalText } from '@churn/io';
import { listLogFiles } from './log-files.js';
import { readLogFile } from './read-log-file.js';

/** The outcome of a scored row. */
export interface Outcome {
  /** The ID of the request, as in the header `x-request-id` of the response. */
  readonly request: string;
  /** The index of the row in the request, counted from 0; without it, the outcome is that of a request's only row. */
  readonly row?: number;
  /** The class, the value, or the time observed since the prediction. */
  readonly label: string;
  /** Whether the event occurred at the end of that time; otherwise the row is censored. */
  readonly event?: boolean;
}

/** The log line of an outcome received now. */
export function outcomeLine({ request, row, ...outcome }: Outcome): string {
  return `${JSON.stringify({ time: new Date().toISOString(), request, row: row ?? null, ...outcome })}\n`;
}

/** A received outcome, with its time. */
export interface RowOutcome extends Pick<Outcome, 'label' | 'event'> {
  readonly time: string;
}

/** The received outcomes of rows. */
export class Outcomes {
  readonly #ofRow = new Map<string, RowOutcome>();

  add({ request, row, ...outcome }: Outcome, time: string): void {
    const key = keyOf(request, row);
    // The latest outcome counts, whichever service received it.
    if (time >= (this.#ofRow.get(key)?.time ?? '')) this.#ofRow.set(key, { ...outcome, time });
  }

  /**
   * The outcome of a row of a request; `undefined` if unknown.
   * @param isAlone whether the request had no other row, so that an outcome without a row number applies.
   */
  of(request: string, row: number, isAlone: boolean): RowOutcome | undefined {
    const placed = this.#ofRow.get(keyOf(request, row));
    const unplaced = isAlone ? this.#ofRow.get(keyOf(request)) : undefined;
    if (!placed || !unplaced) return placed ?? unplaced;
    return unplaced.time >= placed.time ? unplaced : placed;
  }

  /** The number of outcomes. */
  get size(): number {
    return this.#ofRow.size;
  }
}

function keyOf(request: string, row?: number): string {
  return `${request}/${row ?? ''}`;
}

/**
 * Reads the outcomes that `POST /v1/outcomes` has logged in a folder.
 * @throws `invalid-file` if it cannot be read.
 */
export async function readOutcomes(folder: string): Promise<Outcomes> {
  const outcomes = new Outcomes();
  for (const file of await listLogFiles(folder, 'outcomes')) {
    for await (const columns of readLogFile(file)) {
      const [times, requests, rows, labels] = ['time', 'request', 'row', 'label'].map((name) =>
        columns.get(name),
      ) as [ArrayLike<string>, ArrayLike<string>, ArrayLike<unknown>, ArrayLike<string>];
      const events = columns.get('event');
      for (let i = 0; i < rows.length; i++) {
        const row = Number.isInteger(rows[i]) ? Number(rows[i]) : undefined;
        const event = typeof events?.[i] === 'boolean' ? (events[i] as boolean) : undefined;
        const label = canonicalText(labels[i]);
        outcomes.add({ request: requests[i], row, label, ...(event !== undefined && { event }) }, times[i]);
      }
    }
  }
  return outcomes;
}
