import { ProfileCounts, type ReferenceProfile } from '@churn/monitor';
import type { Answered } from '../answered.js';
import { comparedPredictions } from '../compared-predictions.js';

/** The window of a rolling profile: a number of seconds or of rows. */
export type RollingWindow = { readonly seconds: number } | { readonly rows: number };

/** The number of parts of a window, which moves by one part at a time. */
const PARTS = 24;

interface Part {
  readonly counts: ProfileCounts;
  /** The time of its first row, in milliseconds. */
  begun: number;
}

/** Counts the rows of a moving window in the cells of a reference, in constant memory. */
export class RollingProfile {
  readonly #reference: ReferenceProfile;
  readonly #window: RollingWindow;
  /** Oldest first. */
  readonly #parts: Part[] = [];

  constructor(reference: ReferenceProfile, window: RollingWindow) {
    this.#reference = reference;
    this.#window = window;
  }

  add(
    { served, rows, predictions }: Pick<Answered, 'served' | 'rows' | 'predictions'>,
    now = Date.now(),
  ): void {
    const { counts } = this.#partFor(now);
    const compared = comparedPredictions(served, predictions);
    if ('table' in rows) {
      counts.add(rows.table, compared);
      return;
    }
    const values = this.#reference.columns.map(({ name }) => rows.single[name]);
    counts.addRow(
      values,
      compared.map(([ofOnly]) => ofOnly),
    );
  }

  /** The counts of the window. */
  counts(now = Date.now()): ProfileCounts {
    this.#dropOld(now);
    const all = new ProfileCounts(this.#reference);
    for (const { counts } of this.#parts) all.merge(counts);
    return all;
  }

  #partFor(now: number): Part {
    const last = this.#parts.at(-1);
    if (last && !this.#isFull(last, now)) return last;
    const oldest = this.#parts.length >= PARTS ? this.#parts.shift() : undefined;
    oldest?.counts.clear();
    const part = { counts: oldest?.counts ?? new ProfileCounts(this.#reference), begun: now };
    this.#parts.push(part);
    return part;
  }

  #isFull({ counts, begun }: Part, now: number): boolean {
    if ('rows' in this.#window) return counts.rows >= this.#window.rows / PARTS;
    // A clock that is set back also starts a new part.
    return Math.abs(now - begun) >= (1000 * this.#window.seconds) / PARTS;
  }

  #dropOld(now: number): void {
    if ('rows' in this.#window) return;
    const since = now - 1000 * this.#window.seconds;
    while (this.#parts.length > 0 && this.#parts[0].begun <= since) this.#parts.shift();
  }
}
