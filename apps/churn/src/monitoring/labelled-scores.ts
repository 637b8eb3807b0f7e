import type { Target } from '@churn/core';

/** Rows with known outcomes, and their predictions. */
export interface LabelledScores {
  readonly y: Target;
  /** The monitored predictions: an array per class, horizon or value. */
  readonly predictions: readonly Float64Array[];
}

interface Piece {
  readonly outcomes: readonly Float64Array[];
  readonly predictions: readonly Float64Array[];
}

/** Collects labelled rows, batch by batch. */
export class LabelledRows {
  readonly #pieces: Piece[] = [];

  /**
   * @param outcomes the outcome of each row, as read by an `Outcome`; `NaN` in the first array if unknown.
   * @param predictions arrays with one number per row.
   */
  add(outcomes: readonly Float64Array[], predictions: readonly Float64Array[]): void {
    const [first] = outcomes;
    const rows = Int32Array.from(first.keys()).filter((row) => !Number.isNaN(first[row]));
    if (rows.length === 0) return;
    const taken = (column: Float64Array) =>
      rows.length === first.length ? column : Float64Array.from(rows, (row) => column[row]);
    this.#pieces.push({ outcomes: outcomes.map(taken), predictions: predictions.map(taken) });
  }

  /** Adds the rows of another collection. */
  addAll(other: LabelledRows): void {
    for (const piece of other.#pieces) this.#pieces.push(piece);
  }

  /** All of them; `undefined` if there are none. */
  scores(targetOf: (outcomes: readonly Float64Array[]) => Target): LabelledScores | undefined {
    const [first] = this.#pieces;
    if (!first) return undefined;
    const joined = (key: keyof Piece) =>
      first[key].map((_, i) => concatenated(this.#pieces.map((piece) => piece[key][i])));
    return { y: targetOf(joined('outcomes')), predictions: joined('predictions') };
  }
}

function concatenated(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    all.set(part, start);
    start += part.length;
  }
  return all;
}
