/** How one database writes what all of them can do. */
export interface SqlDialect {
  readonly name: string;
  /** What it is called in messages. */
  readonly title: string;
  readonly limits: SqlLimits;
  /** Names that differ in case alone are one name. */
  readonly foldsCase: boolean;
  /** What ends a row that other databases go on with: a double beyond the largest, and one that is rounded to 0. */
  readonly raises: { readonly overflow: boolean; readonly underflow: boolean };
  readonly numberType: string;
  readonly textType: string;
  readonly infinity: string;
  /** A finite number, as a double. */
  number(value: number): string;
  text(value: string): string;
  identifier(name: string): string;
  /** A raw column as a double, NULL for NaN. */
  toNumber(column: string): string;
  /** A number, with NULL in place of NaN. */
  nanToNull(number: string): string;
  /** A text of digits alone as a double. */
  digitsToNumber(text: string): string;
  /** Whether a text matches a regular expression without backslashes as a whole. */
  matches(text: string, pattern: string): string;
  branch(when: string, then: string, otherwise: string): string;
  /** Lists of numbers, where reading one is faster than nested cases are. */
  readonly lists?: NumberLists;
  /** All columns of the table under one name, or the star and what is left out of it where rows have no name. */
  readonly wholeRow?: { readonly of: (table: string) => string; readonly columnsOf: (row: string) => string };
  readonly starWithout: string;
  /** What keeps a subquery from being merged into the next, where that would repeat its expressions. */
  readonly fence?: string;
}

export interface NumberLists {
  /** An expression of a list of numbers. */
  of(values: readonly number[]): string;
  /** The number of a list at a place from 0. */
  at(list: string, place: string): string;
}

/** What a statement may be. */
interface SqlLimits {
  /** Bytes of a statement, in UTF-8; `view` of one that makes a view. */
  readonly statement: number;
  readonly view?: number;
  /** Columns of a SELECT. */
  readonly columns: number;
  /** The setting or document that the limit of a statement comes from. */
  readonly source: string;
}
