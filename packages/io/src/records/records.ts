import { normalized } from '../text/canonical-text.js';

/** The records of a file or a request, before they are a table, with where each stands. */
export interface Records {
  /** What they come from, for messages: the file as the caller named it, or for instance `standard input`. */
  readonly source: string;
  /** The names of the columns as they were given; in CSV, a column without a name is `''`. */
  readonly header: readonly string[];
  /** The values of each record, as many as the header has. */
  readonly records: readonly (readonly unknown[])[];
  /** Where each record stands, counted from 1: the line on which it starts, or in a file without lines its place. */
  readonly lines: ArrayLike<number>;
  /** Whether values have types, as in JSON. Default `false`: all are text, as in CSV. */
  readonly isTyped?: boolean;
  /** What stands between the fields of CSV. */
  readonly delimiter?: string;
  /** What is odd about them though they can be read, for a user, each in one line such as `line 402 looks like a footer: …`. */
  readonly notes?: readonly string[];
}

/** The records of CSV: the fields as they stand in the file. */
export interface CsvRecords extends Records {
  readonly records: readonly (readonly string[])[];
  readonly isTyped?: false;
}

/** All records of a file. */
export interface FileRecords extends Records {
  /** The SHA-256 of the file as it was read, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The column names that a header gives to a table: its texts without spaces around them, in Unicode's form NFC, and for a column without
 * one `Unnamed: <position>`, counted from 0, as pandas names it.
 */
export function columnNames(header: readonly string[]): string[] {
  return header.map((name, position) => normalized(name) || `Unnamed: ${position}`);
}

/** Some of the records, as the numbers `rows` choose them, in that order. */
export function takeRecords<R extends Pick<Records, 'records' | 'lines'>>(
  from: R,
  rows: ArrayLike<number>,
): R {
  const chosen = Array.from(rows);
  return {
    ...from,
    records: chosen.map((row) => from.records[row]),
    lines: chosen.map((row) => from.lines[row]),
  };
}
