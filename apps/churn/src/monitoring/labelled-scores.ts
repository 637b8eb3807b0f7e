import { type ClassLabel, Labels } from '@churn/core';

/** Rows of which the class came to be known, and their scores. */
export interface LabelledScores {
  readonly labels: Labels;
  /** An array a class. */
  readonly probabilities: readonly Float64Array[];
}

interface Piece {
  readonly codes: Int32Array;
  readonly probabilities: readonly Float64Array[];
}

/** Gathers them, some rows at a time. */
export class LabelledRows {
  readonly #pieces: Piece[] = [];

  /**
   * @param codes the class of each row; -1 where it is not known.
   * @param probabilities an array a class, with a number a row.
   */
  add(codes: Int32Array, probabilities: readonly Float64Array[]): void {
    const isKnown = codes.every((code) => code >= 0);
    const rows = isKnown ? undefined : Int32Array.from(codes.keys()).filter((row) => codes[row] >= 0);
    const piece = rows
      ? {
          codes: Int32Array.from(rows, (row) => codes[row]),
          probabilities: probabilities.map((column) => Float64Array.from(rows, (row) => column[row])),
        }
      : { codes, probabilities };
    if (piece.codes.length > 0) this.#pieces.push(piece);
  }

  /** Takes in what others have gathered. */
  addAll(other: LabelledRows): void {
    for (const piece of other.#pieces) this.#pieces.push(piece);
  }

  /** All of them; nothing where there are none. */
  scores(classes: readonly ClassLabel[]): LabelledScores | undefined {
    if (this.#pieces.length === 0) return undefined;
    const count = this.#pieces.reduce((sum, { codes }) => sum + codes.length, 0);
    const codes = new Int32Array(count);
    const probabilities = classes.map(() => new Float64Array(count));
    let start = 0;
    for (const piece of this.#pieces) {
      codes.set(piece.codes, start);
      probabilities.forEach((column, place) => {
        column.set(piece.probabilities[place], start);
      });
      start += piece.codes.length;
    }
    return { labels: Labels.from(classes, classes).take(codes), probabilities };
  }
}
