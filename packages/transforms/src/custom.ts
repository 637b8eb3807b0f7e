import {
  ChurnError,
  compileRow,
  type FittedTransformer,
  fitThenTransform,
  type Json,
  type LabelsLike,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';

/** A transformer as functions. None of them may write to a table or a state that it gets. */
export interface CustomDefinition<S extends Json> {
  /** The name by which a model file refers to it: unlike that of any other class or definition of the model. */
  readonly type: string;
  /** What is learned, as plain JSON. */
  fit(x: Table, y?: LabelsLike): S;
  /** The rows must stay in their number and order. */
  transform(x: Table, state: S): Table;
  /** The same for one row at a time; without it a row goes through `transform` as a table. */
  compileRow?(schema: TableSchema, state: S): RowStep;
  /** What was learned, in one line. */
  describe?(state: S): string;
  /** Whether what a model file holds is a state of this definition; without it any JSON is. */
  isState?(state: unknown): boolean;
}

/** What the functions learned. */
export type CustomTransformerState<S extends Json> = { readonly learned: S };

/** A transformer made of functions; `custom` makes it. It restores what it has learned, so `loadModel` takes it as a class. */
export class CustomTransformer<S extends Json> implements Transformer<FittedCustomTransformer<S>> {
  readonly role = 'transformer';
  readonly type: string;

  /** @throws `invalid-parameter` where the type is no text, or a function is missing. */
  constructor(readonly definition: CustomDefinition<S>) {
    const { type, fit, transform } = definition;
    requireParameter(typeof type === 'string' && type !== '', 'type', 'a name', type);
    requireParameter(typeof fit === 'function', 'fit', 'a function', fit);
    requireParameter(typeof transform === 'function', 'transform', 'a function', transform);
    this.type = type;
  }

  /** @throws `model-file` where `state` is not what this definition learns. */
  restore(state: StateReader): FittedCustomTransformer<S> {
    const learned = state.get('learned');
    if (this.definition.isState && !this.definition.isState(learned)) {
      throw new ChurnError('model-file', `${this.type}: expected "learned" to pass its isState`);
    }
    return new FittedCustomTransformer(this.definition, learned as S);
  }

  fit(x: Table, y?: LabelsLike): FittedCustomTransformer<S> {
    return new FittedCustomTransformer(this.definition, this.definition.fit(x, y));
  }

  fitTransform(x: Table, y?: LabelsLike) {
    return fitThenTransform(this, x, y);
  }
}

/**
 * A transformer from a pair of functions.
 *
 * ```ts
 * const shift = custom({
 *   type: 'Shift',
 *   fit: (x) => ({ least: Math.min(...x.numeric('age')) }),
 *   transform: (x, { least }) => x.with({ age: x.numeric('age').map((age) => age - least) }),
 * });
 * await loadModel(file, [shift, …]);
 * ```
 */
export function custom<S extends Json>(definition: CustomDefinition<S>): CustomTransformer<S> {
  return new CustomTransformer(definition);
}

/** What the functions of a `custom` transformer have learned. */
export class FittedCustomTransformer<S extends Json> implements FittedTransformer {
  readonly role = 'transformer';
  readonly type: string;
  readonly state: CustomTransformerState<S>;
  readonly #definition: CustomDefinition<S>;

  constructor(definition: CustomDefinition<S>, learned: S) {
    this.type = definition.type;
    this.state = { learned };
    this.#definition = definition;
  }

  transform(x: Table): Table {
    return this.#definition.transform(x, this.state.learned);
  }

  compileRow(schema: TableSchema): RowStep {
    const step = this.#definition.compileRow?.(schema, this.state.learned);
    if (step) return step;
    // Without a row form of its own, core takes each row through a table.
    const { role, type, state } = this;
    return compileRow([{ role, type, state, transform: (x) => this.transform(x) }], schema);
  }

  describe(): string {
    const { learned } = this.state;
    return this.#definition.describe?.(learned) ?? `${this.type}: ${JSON.stringify(learned).slice(0, 100)}`;
  }
}
