import type { DatasetColumn } from '../dataset/dataset-schema.js';

/** A text of a column that is told of, and where. */
export interface FoundText {
  readonly text: string;
  /** In how many rows it stands. */
  readonly count: number;
  /** The first line, or place, in which it stands. */
  readonly line: number;
}

/** What a column of a file is, what speaks for that, and whether to train on it. Plain data. */
export interface ColumnEvidence {
  /**
   * How to read it: name, kind, and as found or declared the decimal mark, the order of dates and the texts that mean a missing value.
   */
  readonly column: DatasetColumn;
  /** How many rows the file has. */
  readonly rows: number;
  /** How many of them have no value: nothing, or a text that means a missing value. Odd texts are not counted. */
  readonly missing: number;
  /** How many different values the column has, invalid texts left out. */
  readonly distinct: number;
  /** The share of the present values that fit the kind, from 0 to 1; 1 if there is none. */
  readonly fits: number;
  /** Present texts that do not fit, the most frequent first; `column.missing` has them too. */
  readonly odd: readonly FoundText[];
  /** Texts that mean a missing value, but for the empty one, the most frequent first. */
  readonly missingTexts: readonly FoundText[];
  /** The first few different values, as they are written. */
  readonly examples: readonly string[];
  /** Whether a model can learn from it: an ID and a column of one value have nothing to teach. */
  readonly decision: 'learn' | 'drop';
  /** Why it is of this kind, and why it is learned from or not. */
  readonly reason: string;
  /** What a user should look at. */
  readonly warnings: readonly string[];
}
