import type { DatasetKind } from '../records/kind.js';

/** How the values of a column are written, and what they must be. Plain data, so that it can stand in a configuration file. */
export interface DatasetColumn {
  readonly name: string;
  readonly kind: DatasetKind;
  /** The decimal mark of its numbers; default `.`. */
  readonly decimal?: '.' | ',';
  /** Whether the day or the month comes first in its dates; not needed for ISO 8601. */
  readonly dateOrder?: 'dayFirst' | 'monthFirst';
  /** Texts that mean a missing value in this column, besides those that do in all. */
  readonly missing?: readonly string[];
  /** The column must be in the file; default `true`. */
  readonly required?: boolean;
  /** Values may be missing; default `true`. */
  readonly nullable?: boolean;
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** Only integers are allowed; default `false`. */
  readonly integer?: boolean;
  /** The only categories allowed; default any. */
  readonly levels?: readonly string[];
}

/**
 * What the columns of a dataset must be; columns it does not name may be anything.
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
