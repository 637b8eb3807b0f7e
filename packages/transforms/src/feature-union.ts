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
 * Lets several transformers each make columns of the same table, and puts what they give side by side. A column is called by the name of
 * its transformer and its own, as `scaled__age`, as scikit-learn's `FeatureUnion` has it.
 *
 * ```ts
 * new FeatureUnion({ raw: new SelectColumns(['age']), components: new PCA({ nComponents: 2 }) });
 * ```
 */
export class FeatureUnion implements Transformer<FittedFeatureUnion> {
  readonly role = 'transformer';
  static readonly type = 'FeatureUnion';
  readonly transformers: Readonly<Record<string, Transformer>>;

  /** @throws `invalid-parameter` where one of `transformers` is no transformer to be fitted, or there are none. */
  constructor(transformers: Readonly<Record<string, Transformer>>) {
    const given = Object.entries(transformers ?? {});
    requireParameter(given.length > 0, 'transformers', 'transformers by name', transformers);
    for (const [name, part] of given) {
      const isSpecification = part?.role === 'transformer' && typeof part.fit === 'function';
      requireParameter(isSpecification, name, 'a transformer to be fitted', part);
    }
    this.transformers = { ...transformers };
  }

  /** @throws `model-file` where the state is not one of this class, or holds another class than those given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedFeatureUnion {
    const names = state.names('names');
    const parts = state.children('parts').map((part) => restorePart(part, classes, 'transformer'));
    state.expect(parts.length === names.length, 'parts', 'one a name');
    const namesOut = state.has('namesOut') ? state.list('namesOut', isNameRecord) : undefined;
    state.expect(namesOut === undefined || namesOut.length === names.length, 'namesOut', 'one a name');
    return new FittedFeatureUnion(names, parts, state.record('sources', areNames), namesOut);
  }

  /** @throws what the transformers throw. */
  fit(x: Table, y?: TargetLike): FittedFeatureUnion {
    const parts = Object.values(this.transformers).map((each) => each.fit(x, y));
    return fittedUnion(Object.keys(this.transformers), parts, x);
  }

  /** Out of fold where a transformer is supervised. */
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

/** What the transformers of a `FeatureUnion` have learned. */
export class FittedFeatureUnion implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = FeatureUnion.type;

  constructor(
    readonly names: readonly string[],
    readonly parts: readonly FittedTransformer[],
    /** For each column that is made, those that it is made of, as far as its transformer tells. */
    readonly sources: Readonly<Record<string, readonly string[]>>,
    /** For each transformer, those of its columns whose name one before them had, and what they are called. */
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

  /** For each column made whose name another one had at `fit`, that name. */
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

  /** What a column of the transformer at place `i` is called. */
  nameOf(i: number, column: string): string {
    const ofPart = this.namesOut?.[i] ?? {};
    return Object.hasOwn(ofPart, column) ? ofPart[column] : joined(this.names[i], column);
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.sources));
  }

  /** @throws what the transformers throw. */
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
        // A step may write into the row that it gets.
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
      `FeatureUnion: expected ${nRows} rows of each, got ${changed.nRows}`,
    );
  }
  return Table.fromColumns(columns, nRows);
}

function joined(name: string, column: string): string {
  return `${name}__${column}`;
}
