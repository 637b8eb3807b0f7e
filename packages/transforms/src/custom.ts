import {
  ChurnError,
  callback,
  compileRow,
  type FittedTransformer,
  fitThenTransform,
  type Json,
  type LabelsLike,
  parameter,
  type RowStep,
  readOptions,
  required,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { jsonFault } from './json-fault.js';

/** A transformer as functions, none of which may modify the table or state that it receives. */
export interface CustomDefinition<S extends Json> {
  /** The name by which a model file refers to it; unique among the classes and definitions of the model. */
  readonly type: string;
  /** What is learned, as plain JSON. */
  fit(x: Table, y?: LabelsLike): S;
  /** The rows must keep their number and order. */
  transform(x: Table, state: S): Table;
  /** The same for one row at a time; without it, a row is transformed as a table. */
  compileRow?(schema: TableSchema, state: S): RowStep;
  /** What was learned, in one line. */
  describe?(state: S): string;
  /** Whether a value from a model file is a state of this definition; by default any JSON is. */
  isState?(state: unknown): boolean;
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';
const parameters = {
  /** The name by which a model file refers to it. */
  type: required(parameter('a name', isName)),
  /** What is learned, as plain JSON. */
  fit: required(callback()),
  /** The transformation. */
  transform: required(callback()),
  /** The same for one row at a time. */
  compileRow: callback(),
  /** What was learned, in one line. */
  describe: callback(),
  /** Whether a value from a model file is a state of this definition. */
  isState: callback(),
};

/** What was learned, as JSON. */
export type CustomTransformerState<S extends Json> = { readonly learned: S };

/** A transformer defined by functions; created by `custom`. It can restore its fitted form, so `loadModel` accepts it as a class. */
export class CustomTransformer<S extends Json> implements Transformer<FittedCustomTransformer<S>> {
  static readonly parameters = parameters;
  readonly role = 'transformer';
  readonly type: string;

  /** @throws `invalid-parameter` if the type is not text, a function is missing, or there is an unknown field. */
  constructor(readonly definition: CustomDefinition<S>) {
    this.type = readOptions(parameters, definition).type;
  }

  /** @throws `model-file` if `state` is not a state of this definition. */
  restore(state: StateReader): FittedCustomTransformer<S> {
    const learned = state.get('learned');
    if (this.definition.isState && !this.definition.isState(learned)) {
      throw new ChurnError('model-file', `${this.type}: expected "learned" to pass its isState`);
    }
    return new FittedCustomTransformer(this.definition, learned as S);
  }

  /** @throws `invalid-data` if what is learned is not plain JSON. */
  fit(x: Table, y?: LabelsLike): FittedCustomTransformer<S> {
    const learned = this.definition.fit(x, y);
    const fault = jsonFault(learned);
    if (fault === undefined) return new FittedCustomTransformer(this.definition, learned);
    throw new ChurnError(
      'invalid-data',
      `${this.type}: expected fit to return plain JSON, got ${fault.received}${fault.at && ` at ${fault.at}`}`,
    );
  }

  fitTransform(x: Table, y?: LabelsLike) {
    return fitThenTransform(this, x, y);
  }
}

/**
 * A transformer defined by a pair of functions.
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

/** A fitted `custom` transformer. */
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
    // Without its own `compileRow`, core transforms each row as a table.
    const { role, type, state } = this;
    return compileRow([{ role, type, state, transform: (x) => this.transform(x) }], schema);
  }

  describe(): string {
    const { learned } = this.state;
    return this.#definition.describe?.(learned) ?? `${this.type}: ${JSON.stringify(learned).slice(0, 100)}`;
  }
}
