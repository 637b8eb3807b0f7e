import type { DatasetKind } from '../records/kind.js';

/** The format and the rules of a column's values. Plain data, which can be in a configuration file. */
export interface DatasetColumn {
  readonly name: string;
  readonly kind: DatasetKind;
  /** The decimal mark of numbers; default `.`. */
  readonly decimal?: '.' | ',';
  /** Whether the day or the month comes first in dates; not needed for ISO 8601. */
  readonly dateOrder?: 'dayFirst' | 'monthFirst';
  /** Texts that stand for missing values in this column, in addition to the general ones. */
  readonly missing?: readonly string[];
  /** Whether the column must exist; default `true`. */
  readonly required?: boolean;
  /** Whether values may be missing; default `true`. */
  readonly nullable?: boolean;
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** Whether only integers are allowed; default `false`. */
  readonly integer?: boolean;
  /** The allowed categories; default any. */
  readonly levels?: readonly string[];
}

/**
 * The rules for the columns of a dataset; other columns may be anything.
 *
 * ```ts
 * const schema: DatasetSchema = [
 *   { name: 'Customer_Age', kind: 'numeric', min: 18, integer: true, nullable: false },
 *   { name: 'Gender', kind: 'category', levels: ['F', 'M'] },
 *   { name: 'Joined', kind: 'date' },
 * ];
 * ```
 */
export type DatasetSchema = readonly DatasetColumn[];

/** The kinds of the columns, by their names. */
export function schemaKinds(schema: DatasetSchema): Map<string, DatasetKind> {
  return new Map(schema.map(({ name, kind }) => [name, kind]));
}
