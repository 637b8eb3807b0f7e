import {
  ChurnError,
  type FittedTransformer,
  firstRepeated,
  fitThenTransform,
  isPlainObject,
  isString,
  missingColumn,
  type RowStep,
  requireParameter,
  type StateReader,
  Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { nameList } from './name-list.js';

/** The new name of each column that gets one. */
export type RenameColumnsState = { readonly names: Readonly<Record<string, string>> };

/**
 * Renames columns, which stay where they stand. Names may be swapped; two columns of one name are refused.
 *
 * ```ts
 * new RenameColumns({ Customer_Age: 'age' });
 * ```
 */
export class RenameColumns implements Transformer<FittedRenameColumns> {
  readonly role = 'transformer';
  static readonly type = 'RenameColumns';
  readonly names: Readonly<Record<string, string>>;

  /** @throws `invalid-parameter` where `names` is not an object of text, or two columns would get one name. */
  constructor(names: Readonly<Record<string, string>>) {
    const areNames = isPlainObject(names) && Object.values(names).every(isString);
    requireParameter(areNames, 'names', 'an object of { from: to }', names);
    const twice = firstRepeated(Object.values(names));
    requireParameter(twice === undefined, 'names', 'each new name once', twice);
    this.names = Object.fromEntries(Object.entries(names));
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedRenameColumns {
    const names = state.record('names', isString);
    state.expect(firstRepeated(Object.values(names)) === undefined, 'names', 'new names, each once');
    return new FittedRenameColumns({ names });
  }

  /** @throws `column-name` where a column is not there, or its new name is that of another. */
  fit(x: Table): FittedRenameColumns {
    renamed(x.names, this.names);
    return new FittedRenameColumns({ names: this.names });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The names that a `RenameColumns` gives. */
export class FittedRenameColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = RenameColumns.type;

  constructor(readonly state: RenameColumnsState) {}

  /** @throws `column-name` where a column is not there, or its new name is that of another. */
  transform(x: Table): Table {
    return withNames(x, renamed(x.names, this.state.names));
  }

  /** @throws `column-name` where a new name is not there, or the old one is that of another column. */
  inverseTransform(x: Table): Table {
    const back = Object.fromEntries(Object.entries(this.state.names).map(([from, to]) => [to, from]));
    return withNames(x, renamed(x.names, back));
  }

  compileRow(schema: TableSchema): RowStep {
    const names = renamed(
      schema.map(({ name }) => name),
      this.state.names,
    );
    return { schema: schema.map(({ kind }, j) => ({ name: names[j], kind })), apply: (row) => row };
  }

  describe(): string {
    return `RenameColumns: renamed ${nameList(Object.keys(this.state.names))}`;
  }
}

function renamed(names: readonly string[], mapping: Readonly<Record<string, string>>): string[] {
  const present = new Set(names);
  const absent = Object.keys(mapping).find((name) => !present.has(name));
  if (absent !== undefined) throw missingColumn(absent, names);
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
