import {
  ChurnError,
  type Column,
  compileRow,
  type FittedTransformer,
  isPlainObject,
  isString,
  type JsonObject,
  type Restorable,
  type RowStep,
  type RowValues,
  requireParameter,
  restorePart,
  type StateReader,
  savedPart,
  Table,
  type TableSchema,
  type TargetLike,
  type Transformer,
} from '@churn/core';
import { describeRenamed, freeNames, renamedFrom } from './free-names.js';

/**
 * Applies several transformers to the same table, and concatenates their output columns. Column names are prefixed with the name of the
 * transformer, such as `scaled__age`, as in scikit-learn's `FeatureUnion`.
 *
 * ```ts
 * new FeatureUnion({ raw: new SelectColumns(['age']), components: new PCA({ nComponents: 2 }) });
 * ```
 */
export class FeatureUnion implements Transformer<FittedFeatureUnion> {
  readonly role = 'transformer';
  static readonly type = 'FeatureUnion';
  readonly transformers: Readonly<Record<string, Transformer>>;

  /** @throws `invalid-parameter` if one of `transformers` is not an unfitted transformer, or there are none. */
  constructor(transformers: Readonly<Record<string, Transformer>>) {
    const given = Object.entries(transformers ?? {});
    requireParameter(given.length > 0, 'transformers', 'transformers by name', transformers);
    for (const [name, part] of given) {
      const isSpecification = part?.role === 'transformer' && typeof part.fit === 'function';
      requireParameter(isSpecification, name, 'an unfitted transformer', part);
    }
    this.transformers = { ...transformers };
  }

  /** @throws `model-file` if the state is not one of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedFeatureUnion {
    const names = state.names('names');
    const parts = state.children('parts').map((part) => restorePart(part, classes, 'transformer'));
    state.expect(parts.length === names.length, 'parts', 'one per name');
    const namesOut = state.has('namesOut') ? state.list('namesOut', isNameRecord) : undefined;
    state.expect(namesOut === undefined || namesOut.length === names.length, 'namesOut', 'one per name');
    return new FittedFeatureUnion(names, parts, state.record('sources', areNames), namesOut);
  }

  /** @throws the errors of the transformers. */
  fit(x: Table, y?: TargetLike): FittedFeatureUnion {
    const parts = Object.values(this.transformers).map((each) => each.fit(x, y));
    return fittedUnion(Object.keys(this.transformers), parts, x);
  }

  /** Supervised transformers encode out of fold. */
  fitTransform(x: Table, y?: TargetLike) {
    const names = Object.keys(this.transformers);
    const all = Object.values(this.transformers).map((each) => each.fitTransform(x, y));
    const fitted = fittedUnion(
      names,
      all.map((each) => each.fitted),
      x,
    );
    const outputs = all.map(({ output }) => output);
    return { fitted, output: sideBySide(outputs, x.nRows, (i, column) => fitted.nameOf(i, column)) };
  }
}

/** A fitted `FeatureUnion`. */
export class FittedFeatureUnion implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = FeatureUnion.type;

  constructor(
    readonly names: readonly string[],
    readonly parts: readonly FittedTransformer[],
    /** For each output column, the columns that it is derived from, as far as its transformer reports them. */
    readonly sources: Readonly<Record<string, readonly string[]>>,
    /** For each transformer, its columns whose names were taken, with their new names. */
    readonly namesOut?: readonly Readonly<Record<string, string>>[],
  ) {}

  get state(): JsonObject {
    return {
      names: this.names,
      parts: this.parts.map(savedPart),
      sources: this.sources,
      ...(this.namesOut && { namesOut: this.namesOut }),
    };
  }

  /** For each new column that was renamed because its name was taken at `fit`, the original name. */
  get renamed(): ReadonlyMap<string, string> | undefined {
    const own = this.#renamed();
    const ofParts = this.parts.flatMap(({ renamed = new Map<string, string>() }, i) =>
      Array.from(renamed, ([name, wanted]) => [this.nameOf(i, name), joined(this.names[i], wanted)] as const),
    );
    return own.size + ofParts.length > 0 ? new Map([...ofParts, ...own]) : undefined;
  }

  #renamed(): Map<string, string> {
    const pairs = this.namesOut?.flatMap((ofPart, i) =>
      Object.entries(ofPart).map(([from, to]) => [to, joined(this.names[i], from)] as const),
    );
    return new Map(pairs);
  }

  /** The name of a column of transformer `i`. */
  nameOf(i: number, column: string): string {
    const ofPart = this.namesOut?.[i] ?? {};
    return Object.hasOwn(ofPart, column) ? ofPart[column] : joined(this.names[i], column);
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.sources));
  }

  /** @throws the errors of the transformers. */
  transform(x: Table): Table {
    return sideBySide(
      this.parts.map((part) => part.transform(x)),
      x.nRows,
      (i, column) => this.nameOf(i, column),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const steps = this.parts.map((part) => compileRow([part], schema));
    return {
      schema: steps.flatMap((step, i) =>
        step.schema.map(({ name, kind }) => ({ name: this.nameOf(i, name), kind })),
      ),
      apply(row) {
        // A step may modify the row that it receives.
        return steps.flatMap((step): RowValues => step.apply([...row]));
      },
    };
  }

  describe(): string {
    const each = this.parts.map((part, i) => `${this.names[i]}: ${part.describe?.() ?? part.type}`);
    return `FeatureUnion: ${each.join(' | ')}${describeRenamed(this.#renamed())}`;
  }
}

function fittedUnion(
  names: readonly string[],
  parts: readonly FittedTransformer[],
  x: Table,
): FittedFeatureUnion {
  const made = parts.flatMap((part, i) =>
    part.transform(x.take([])).names.map((column) => ({ part, i, column, wanted: joined(names[i], column) })),
  );
  const wanted = made.map((each) => each.wanted);
  const given = freeNames(wanted, []);
  const sources = made.flatMap(({ part, column }, k): [string, readonly string[]][] => {
    const from = part.origins?.get(column) ?? (x.has(column) ? [column] : undefined);
    return from ? [[given[k], from]] : [];
  });
  const namesOut = names.map((_, i) =>
    Object.fromEntries(
      made.flatMap((each, k) =>
        each.i === i && given[k] !== each.wanted ? [[each.column, given[k]] as const] : [],
      ),
    ),
  );
  const isRenamed = renamedFrom(given, wanted).size > 0;
  return new FittedFeatureUnion(names, parts, Object.fromEntries(sources), isRenamed ? namesOut : undefined);
}

function isNameRecord(value: unknown): value is Readonly<Record<string, string>> {
  return isPlainObject(value) && Object.values(value).every(isString);
}

function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function sideBySide(
  outputs: readonly Table[],
  nRows: number,
  nameOf: (i: number, column: string) => string,
): Table {
  const columns = outputs.flatMap((output, i) =>
    Array.from(output.entries(), ([name, column]): [string, Column] => [nameOf(i, name), column]),
  );
  const changed = outputs.find((output) => output.nRows !== nRows);
  if (changed) {
    throw new ChurnError(
      'invalid-data',
      `FeatureUnion: expected ${nRows} rows from each transformer, got ${changed.nRows}`,
    );
  }
  return Table.fromColumns(columns, nRows);
}

function joined(name: string, column: string): string {
  return `${name}__${column}`;
}
