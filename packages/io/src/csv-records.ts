/** The records of a CSV file as text, with where each stands. */
export interface CsvRecords {
  /** What the records come from, for messages: the file as the caller named it, or for instance `standard input`. */
  readonly source: string;
  /** The header as it stands in the file; a column without a name is `''`. */
  readonly header: readonly string[];
  /** The fields of each record as they stand in the file, as many as the header has. */
  readonly records: readonly (readonly string[])[];
  /** The line on which each record starts, counted from 1. */
  readonly lines: ArrayLike<number>;
}

/**
 * The column names that a header gives to a table: its texts, and for a column without one `Unnamed: <position>`,
 * counted from 0, as pandas names it.
 */
export function columnNames(header: readonly string[]): string[] {
  return header.map((name, position) => (name === '' ? `Unnamed: ${position}` : name));
}
