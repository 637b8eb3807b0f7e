import { normalized } from '../text/canonical-text.js';

/** The records of a file or a request, before conversion to a table, with their positions. */
export interface Records {
  /** The source for messages: the file as named by the caller, or for instance `standard input`. */
  readonly source: string;
  /** The original column names; in CSV, `''` for a column without a name. */
  readonly header: readonly string[];
  /** The values of each record, as many as the header has. */
  readonly records: readonly (readonly unknown[])[];
  /** The line on which each record starts, counted from 1; in a file without lines its position. */
  readonly lines: ArrayLike<number>;
  /** Whether values have types, as in JSON. Default `false`: all are text, as in CSV. */
  readonly isTyped?: boolean;
  /** The delimiter of CSV. */
  readonly delimiter?: string;
  /** Anomalies that do not prevent reading, each in one line such as `line 402 looks like a footer: …`. */
  readonly notes?: readonly string[];
}

/** The records of CSV, with fields as in the file. */
export interface CsvRecords extends Records {
  readonly records: readonly (readonly string[])[];
  readonly isTyped?: false;
}

/** All records of a file. */
export interface FileRecords extends Records {
  /** The SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string;
}

/**
 * The column names defined by a header: its texts without surrounding spaces, in Unicode NFC, and `Unnamed: <position>`, counted from 0, for a column
 * without a name, as in pandas.
 */
export function columnNames(header: readonly string[]): string[] {
  return header.map((name, position) => normalized(name) || `Unnamed: ${position}`);
}

/** Selects records by index, in the given order. */
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
