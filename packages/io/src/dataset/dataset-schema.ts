import type { DatasetKind } from '../records/kind.js';

/** What a column of a dataset must be. Plain data, so that it can stand in a configuration file. */
export interface DatasetColumn {
  readonly name: string;
  readonly kind: DatasetKind;
  /** The column must be in the file; default `true`. */
  readonly required?: boolean;
  /** Values may be missing; default `true`. */
  readonly nullable?: boolean;
  /** The smallest number allowed. */
  readonly min?: number;
  /** The largest number allowed. */
  readonly max?: number;
  /** Only whole numbers are allowed; default `false`. */
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

/** The kinds of the columns, for reading a file: `readCsv(file, { kinds: schemaKinds(schema) })`. */
export function schemaKinds(schema: DatasetSchema): Map<string, DatasetKind> {
  return new Map(schema.map(({ name, kind }) => [name, kind]));
}
