import { canonicalText } from '@churn/io';
import { listLogFiles } from './log-files.js';
import { readLogFile } from './read-log-file.js';

/** What became of a row that was scored. */
export interface Outcome {
  /** Of the request, as its answer told it in `x-request-id`. */
  readonly request: string;
  /** The row's place in the request, counted from 0. */
  readonly row: number;
  readonly label: string;
}

/** The line of the log for an outcome that comes in now. */
export function outcomeLine({ request, row, label }: Outcome): string {
  return `${JSON.stringify({ time: new Date().toISOString(), request, row, label })}\n`;
}

/** What became of rows, as far as it was told. */
export class Outcomes {
  readonly #labels = new Map<string, string>();
  readonly #times = new Map<string, string>();

  add({ request, row, label }: Outcome, time: string): void {
    const key = `${request}/${row}`;
    // Of two, the later holds, whichever service it was told to.
    if (time < (this.#times.get(key) ?? '')) return;
    this.#times.set(key, time);
    this.#labels.set(key, label);
  }

  /** The label of a row of a request; nothing where it was not told. */
  of(request: string, row: number): string | undefined {
    return this.#labels.get(`${request}/${row}`);
  }

  /** How many rows have one. */
  get size(): number {
    return this.#labels.size;
  }
}

/**
 * Reads what `POST /v1/outcomes` has kept in a folder.
 * @throws `invalid-file` where it cannot be read.
 */
export async function readOutcomes(folder: string): Promise<Outcomes> {
  const outcomes = new Outcomes();
  for (const file of await listLogFiles(folder, 'outcomes')) {
    for await (const columns of readLogFile(file)) {
      const [times, requests, rows, labels] = ['time', 'request', 'row', 'label'].map((name) =>
        columns.get(name),
      ) as [ArrayLike<string>, ArrayLike<string>, ArrayLike<number>, ArrayLike<string>];
      for (let i = 0; i < rows.length; i++) {
        outcomes.add({ request: requests[i], row: rows[i], label: canonicalText(labels[i]) }, times[i]);
      }
    }
  }
  return outcomes;
}
