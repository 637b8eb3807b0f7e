import {
  ChurnError,
  type Column,
  compileRow,
  type FittedTransformer,
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
    return new FittedFeatureUnion(names, parts, state.record('sources', areNames));
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
    return {
      fitted: fittedUnion(
        names,
        all.map(({ fitted }) => fitted),
        x,
      ),
      output: sideBySide(
        names,
        all.map(({ output }) => output),
        x.nRows,
      ),
    };
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
  ) {}

  get state(): JsonObject {
    return { names: this.names, parts: this.parts.map(savedPart), sources: this.sources };
  }

  get origins(): ReadonlyMap<string, readonly string[]> {
    return new Map(Object.entries(this.sources));
  }

  /** @throws what the transformers throw. */
  transform(x: Table): Table {
    return sideBySide(
      this.names,
      this.parts.map((part) => part.transform(x)),
      x.nRows,
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const steps = this.parts.map((part) => compileRow([part], schema));
    return {
      schema: steps.flatMap((step, i) =>
        step.schema.map(({ name, kind }) => ({ name: joined(this.names[i], name), kind })),
      ),
      apply(row) {
        // A step may write into the row that it gets.
        return steps.flatMap((step): RowValues => step.apply([...row]));
      },
    };
  }

  describe(): string {
    const each = this.parts.map((part, i) => `${this.names[i]}: ${part.describe?.() ?? part.type}`);
    return `FeatureUnion: ${each.join(' | ')}`;
  }
}

function fittedUnion(
  names: readonly string[],
  parts: readonly FittedTransformer[],
  x: Table,
): FittedFeatureUnion {
  const sources = parts.flatMap((part, i) =>
    part.transform(x.take([])).names.flatMap((name): [string, readonly string[]][] => {
      const from = part.origins?.get(name) ?? (x.has(name) ? [name] : undefined);
      return from ? [[joined(names[i], name), from]] : [];
    }),
  );
  return new FittedFeatureUnion(names, parts, Object.fromEntries(sources));
}

function areNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function sideBySide(names: readonly string[], outputs: readonly Table[], nRows: number): Table {
  const columns = outputs.flatMap((output, i) =>
    Array.from(output.entries(), ([name, column]): [string, Column] => [joined(names[i], name), column]),
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
