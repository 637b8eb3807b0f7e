import {
  ChurnError,
  firstRepeated,
  isPlainObject,
  isString,
  missingColumn,
  parameter,
  required,
  requireParameter,
  Table,
} from '@churn/core';
import { nameList } from './name-list.js';
import type { Originating } from './transformer.js';
import { type FittedBy, type InvertibleTransformation, transformer } from './transformer.js';

const parameters = {
  /** The new name of each renamed column: `{ from: to }`. */
  names: required(parameter('an object of { from: to }', areNames)),
};

/** The new name of each renamed column. */
export type RenameColumnsState = { readonly names: Readonly<Record<string, string>> };

/**
 * Renames columns in place. Names may be swapped; duplicate names are an error.
 *
 * ```ts
 * new RenameColumns({ Customer_Age: 'age' });
 * ```
 */
export class RenameColumns extends transformer({
  type: 'RenameColumns',
  parameters,
  check({ names }) {
    const twice = firstRepeated(Object.values(names));
    requireParameter(twice === undefined, 'names', 'unique new names', twice);
  },
  learn: (_, { names }): RenameColumnsState => ({ names }),
  restore(state) {
    const names = state.record('names', isString);
    state.expect(firstRepeated(Object.values(names)) === undefined, 'names', 'unique new names');
    return { names };
  },
  apply: ({ names }): InvertibleTransformation & Originating => ({
    origins: new Map(Object.entries(names).map(([from, to]) => [to, [from]])),
    transform: (x) => withNames(x, renamed(x.names, names)),
    inverseTransform(x) {
      const back = Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));
      return withNames(x, renamed(x.names, back));
    },
    compileRow(schema) {
      const newNames = renamed(
        schema.map(({ name }) => name),
        names,
      );
      return { schema: schema.map(({ kind }, j) => ({ name: newNames[j], kind })), apply: (row) => row };
    },
  }),
  describe: ({ names }) => `renamed ${nameList(Object.keys(names))}`,
}) {
  /** @throws `invalid-parameter` if `names` is not an object of strings, or two columns would get the same name. */
  constructor(names: Readonly<Record<string, string>>) {
    super({ names });
  }
}

/** A fitted `RenameColumns`. */
export type FittedRenameColumns = FittedBy<typeof RenameColumns>;

function areNames(value: unknown): value is Readonly<Record<string, string>> {
  return isPlainObject(value) && Object.values(value).every(isString);
}

function renamed(names: readonly string[], mapping: Readonly<Record<string, string>>): string[] {
  const present = new Set(names);
  const absent = Object.keys(mapping).find((name) => !present.has(name));
  if (absent !== undefined) throw missingColumn(absent, names, Object.keys(mapping));
  const result = names.map((name) => (Object.hasOwn(mapping, name) ? mapping[name] : name));
  const seen = new Set<string>();
  for (let j = 0; j < names.length; j++) {
    if (seen.has(result[j])) {
      throw new ChurnError(
        'column-name',
        `expected each column name once after renaming, got "${result[j]}" twice`,
      );
    }
    seen.add(result[j]);
  }
  return result;
}

function withNames(x: Table, names: readonly string[]): Table {
  return Table.fromColumns(
    Array.from(x.entries(), ([, column], j) => [names[j], column] as const),
    x.nRows,
  );
}
