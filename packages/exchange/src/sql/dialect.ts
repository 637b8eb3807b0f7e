/** The SQL dialect of a database. */
export interface SqlDialect {
  readonly name: string;
  /** The name in messages. */
  readonly title: string;
  readonly limits: SqlLimits;
  /** Whether names are case-insensitive. */
  readonly foldsCase: boolean;
  /** Which conditions the database reports as errors. */
  readonly raises: { readonly overflow: boolean; readonly underflow: boolean };
  readonly numberType: string;
  readonly textType: string;
  readonly infinity: string;
  /** A finite double. */
  number(value: number): string;
  text(value: string): string;
  identifier(name: string): string;
  /** A raw column as a double, with NULL instead of NaN. */
  toNumber(column: string): string;
  /** A number, with NULL instead of NaN. */
  nanToNull(number: string): string;
  /** A text of digits as a double. */
  digitsToNumber(text: string): string;
  /** Whether the entire text matches a regular expression (without backslashes). */
  matches(text: string, pattern: string): string;
  branch(when: string, then: string, otherwise: string): string;
  /** Lists of numbers, for databases where list access is faster than nested cases. */
  readonly lists?: NumberLists;
  /** Selects all columns of the table: as one row value, or as a star with exclusions. */
  readonly wholeRow?: { readonly of: (table: string) => string; readonly columnsOf: (row: string) => string };
  readonly starWithout: string;
  /** Prevents the database from merging a subquery into the next one, which would repeat its expressions. */
  readonly fence?: string;
}

export interface NumberLists {
  /** An expression of a list of numbers. */
  of(values: readonly number[]): string;
  /** The element at an index counted from 0. */
  at(list: string, place: string): string;
}

/** The limits of a statement. */
interface SqlLimits {
  /** The maximum size of a statement in UTF-8 bytes; `view` applies to statements that create a view. */
  readonly statement: number;
  readonly view?: number;
  /** The maximum number of columns of a SELECT. */
  readonly columns: number;
  /** The source of the limits, for messages. */
  readonly source: string;
}
