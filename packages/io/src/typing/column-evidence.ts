import type { DatasetColumn } from '../dataset/dataset-schema.js';

/** A text of a column, and where it occurs. */
export interface FoundText {
  readonly text: string;
  /** The number of rows with it. */
  readonly count: number;
  /** The first line, or position, with it. */
  readonly line: number;
}

/** The inferred kind of a column, the evidence for it, and whether to train on it. Plain data. */
export interface ColumnEvidence {
  /**
   * How to read the column: its name and kind and, inferred or declared, the decimal mark, the order of dates and the texts for missing values.
   */
  readonly column: DatasetColumn;
  /** The number of rows in the file. */
  readonly rows: number;
  /** The number of missing values, including texts that stand for one; invalid texts are not counted. */
  readonly missing: number;
  /** The number of distinct values, without invalid texts. */
  readonly distinct: number;
  /** The share of non-missing values that are valid for the kind, from 0 to 1; 1 without values. */
  readonly fits: number;
  /** Invalid texts, the most frequent first; `column.missing` contains them too. */
  readonly odd: readonly FoundText[];
  /** Texts that stand for missing values, except the empty one, the most frequent first. */
  readonly missingTexts: readonly FoundText[];
  /** The first few distinct values, in their original form. */
  readonly examples: readonly string[];
  /** Whether to train on the column: an ID or a constant column is dropped. */
  readonly decision: 'learn' | 'drop';
  /** The reason for the kind or the decision. */
  readonly reason: string;
  /** What a user should check. */
  readonly warnings: readonly string[];
}
