import {
  type FitTransformed,
  fitThenTransform,
  type JsonObject,
  type LabelsLike,
  type OptionsOf,
  type ParameterRecord,
  type RowStep,
  readOptions,
  requireTable,
  type SettingsOf,
  type StateReader,
  type Table,
  type TableSchema,
  type TargetLike,
} from '@churn/core';
import { describeRenamed, freeNames, renamedFrom } from './free-names.js';

/** A transformation of tables and rows. */
export interface Transformation {
  /**
   * A new table; `x` does not change. The rows keep their number and order.
   * @throws `column-name` or `column-kind` if a column of `fit` is missing or of another kind; `invalid-data` for a value that cannot be
   * transformed.
   */
  transform(x: Table): Table;
  /** `transform` for one row at a time. */
  compileRow(schema: TableSchema): RowStep;
}

/** A transformation that creates columns with new names. */
export interface Originating extends Transformation {
  /** For each such column, the columns that it is derived from. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

/** A transformation that can be undone. */
export interface InvertibleTransformation extends Transformation {
  /**
   * Restores the values.
   * @throws `column-name` or `column-kind` if a column differs from those that `transform` creates; `invalid-data` for a value that
   * `transform` cannot have returned.
   */
  inverseTransform(x: Table): Table;
}

/** The new columns of a transformer. */
export interface MadeColumns {
  /** Their intended names, in order. */
  readonly names: readonly string[];
  /** The columns that they replace. */
  readonly replaced?: readonly string[];
}

/** The additional state of a transformer that creates columns. */
export type NamesOut = {
  /** The names of the new columns, in order; present if another column had one of the intended names. */
  readonly namesOut?: readonly string[];
};

/** The definition of a transformer: its parameters, what it learns, and how it is applied. Everything else follows from it. */
export interface TransformerDefinition<
  P extends ParameterRecord,
  S extends JsonObject,
  T extends Transformation,
> {
  /** The name of the class, by which model files refer to it. */
  readonly type: string;
  readonly parameters: P;
  /** Options for tests, if the defaults do not work with numeric columns `a` and `b`, categories `level` and dates `on`. */
  readonly example?: OptionsOf<P>;
  /** Rejects invalid combinations of parameters by `requireParameter`. */
  check?(settings: SettingsOf<P>): void;
  /** Learns its state, as plain JSON. */
  learn(x: Table, settings: SettingsOf<P>): S;
  /** Restores its state from a model file; rejects whatever `learn` cannot have returned. */
  restore(state: StateReader): S;
  /** The columns that it creates with new names; default none. */
  makes?(state: S): MadeColumns;
  /**
   * The transformation for a state. Expensive look-ups happen here, once.
   *
   * @param names the names of the new columns; they differ from those of `makes` if another column had the name at `fit`.
   */
  apply(state: S, names: readonly string[]): T;
  /** What was learned, in one line, to follow the type. */
  describe(state: S): string;
}

/** The definition of a supervised transformer. */
export interface SupervisedDefinition<
  P extends ParameterRecord,
  S extends JsonObject,
  T extends Transformation,
  Y extends TargetLike = LabelsLike,
> extends Omit<TransformerDefinition<P, S, T>, 'learn'> {
  learn(x: Table, settings: SettingsOf<P>, y: Y): S;
  /**
   * Transforms the training rows, each from the other rows; there are at least two rows. Omitted if the target only decides on columns,
   * so that a row's own label does not leak.
   */
  outOfFold?(x: Table, settings: SettingsOf<P>, y: Y, state: S, names: readonly string[]): Table;
}

/** A fitted transformer. */
type Fitted<S, T extends Transformation> = T & {
  readonly role: 'transformer';
  /** The name by which a model file refers to its class. */
  readonly type: string;
  /** What was learned, as plain JSON, open to inspection. */
  readonly state: S;
  /** For each new column that was renamed because its name was taken at `fit`, the original name. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** What was learned, in one line for logs. */
  describe(): string;
};

/** The fitted form of a transformer class. */
export type FittedBy<C extends { restore(state: StateReader): unknown }> = ReturnType<C['restore']>;

/** The class created from a definition. */
export interface TransformerClass<P extends ParameterRecord, S, T extends Transformation>
  extends Restoring<P, S, T> {
  /** @throws `invalid-parameter` for an unknown or invalid option. */
  new (
    options?: OptionsOf<P>,
  ): SettingsOf<P> & {
    readonly role: 'transformer';
    /**
     * Fits to `x`, and returns the fitted transformer as a new object.
     * @throws `column-name` or `column-kind` for a missing or unsuitable column; `invalid-data` for an invalid value.
     */
    fit(x: Table): Fitted<S, T>;
    /** Fits to `x` and transforms it. */
    fitTransform(x: Table): { readonly fitted: Fitted<S, T>; readonly output: Table };
  };
}

/** The class created from a supervised definition. */
export interface SupervisedClass<
  P extends ParameterRecord,
  S,
  T extends Transformation,
  Y extends TargetLike = LabelsLike,
> extends Restoring<P, S, T> {
  /** @throws `invalid-parameter` for an unknown or invalid option. */
  new (
    options?: OptionsOf<P>,
  ): SettingsOf<P> & {
    readonly role: 'transformer';
    /**
     * Fits on all rows.
     * @throws `invalid-target` if `y` is missing or unsuitable; `invalid-data` if there are no rows, or `y` differs in length;
     * `column-name` or `column-kind` for a missing or unsuitable column.
     */
    fit(x: Table, y: Y): Fitted<S, T>;
    /**
     * Fits on all rows, and transforms each from only the rows of the other folds. A single row, without others, is transformed as by
     * `transform`.
     */
    fitTransform(x: Table, y: Y): { readonly fitted: Fitted<S, T>; readonly output: Table };
  };
}

interface Restoring<P extends ParameterRecord, S, T extends Transformation> {
  readonly type: string;
  /** Its parameters, with their checks and defaults. */
  readonly parameters: P;
  readonly example: OptionsOf<P> | undefined;
  /** @throws `model-file` if `state` is not a state of this class. */
  restore(state: StateReader): Fitted<S, T>;
}

/**
 * Creates a transformer class from a definition:
 *
 * ```ts
 * export class Centerer extends transformer({ type: 'Centerer', parameters, learn, restore, apply, describe }) {}
 * ```
 */
// @__NO_SIDE_EFFECTS__
export function transformer<P extends ParameterRecord, S extends JsonObject, T extends Transformation>(
  definition: TransformerDefinition<P, S, T>,
): TransformerClass<P, S, T> {
  class Unsupervised extends specificationOf(definition) {
    fit(x: Table): Fitted<S, T> {
      requireTable(x);
      return requireFit(
        x,
        fittedOf(definition, withNames(definition, definition.learn(x, settingsOf(this)), x)),
      );
    }

    fitTransform(x: Table): FitTransformed<Fitted<S, T>> {
      return fitThenTransform(this, x);
    }
  }
  return Unsupervised as unknown as TransformerClass<P, S, T>;
}

/** Creates a class of supervised transformers from a definition. */
// @__NO_SIDE_EFFECTS__
export function supervisedTransformer<
  P extends ParameterRecord,
  S extends JsonObject,
  T extends Transformation,
  Y extends TargetLike = LabelsLike,
>(definition: SupervisedDefinition<P, S, T, Y>): SupervisedClass<P, S, T, Y> {
  class Supervised extends specificationOf(definition) {
    fit(x: Table, y: Y): Fitted<S, T> {
      requireTable(x);
      const state = withNames(definition, definition.learn(x, settingsOf(this), y), x);
      return requireFit(x, fittedOf(definition, state));
    }

    fitTransform(x: Table, y: Y): FitTransformed<Fitted<S, T>> {
      const fitted = this.fit(x, y);
      const { state } = fitted;
      const output =
        x.nRows < 2
          ? undefined
          : definition.outOfFold?.(x, settingsOf(this), y, state, namesOf(definition, state).names);
      return { fitted, output: output ?? fitted.transform(x) };
    }
  }
  return Supervised as unknown as SupervisedClass<P, S, T, Y>;
}

type AnyDefinition<P extends ParameterRecord, S extends JsonObject, T extends Transformation> = Omit<
  TransformerDefinition<P, S, T>,
  'learn'
>;

/** The common part of both kinds of class. */
function specificationOf<P extends ParameterRecord, S extends JsonObject, T extends Transformation>(
  definition: AnyDefinition<P, S, T>,
) {
  return class {
    static readonly type = definition.type;
    static readonly parameters = definition.parameters;
    static readonly example = definition.example;
    readonly role = 'transformer';

    constructor(options?: OptionsOf<P>) {
      const settings = readOptions(definition.parameters, options);
      definition.check?.(settings);
      // Public fields, because a search distinguishes specifications by them.
      Object.assign(this, settings);
    }

    static restore(state: StateReader): Fitted<S, T> {
      return fittedOf(definition, restoreNames(definition, definition.restore(state), state));
    }
  };
}

function settingsOf<P extends ParameterRecord>(specification: object): SettingsOf<P> {
  return specification as SettingsOf<P>;
}

function fittedOf<P extends ParameterRecord, S extends JsonObject, T extends Transformation>(
  definition: AnyDefinition<P, S, T>,
  state: S,
): Fitted<S, T> {
  const { type, apply, describe } = definition;
  const { names, wanted } = namesOf(definition, state);
  const renamed = renamedFrom(names, wanted);
  const fitted = {
    role: 'transformer' as const,
    type,
    state,
  };
  const abilities = {
    ...apply(state, names),
    ...(renamed.size > 0 && { renamed }),
    describe: () => `${type}: ${describe(state)}${describeRenamed(renamed)}`,
  };
  for (const [name, value] of Object.entries(abilities)) {
    // Functions are not data and are not printed.
    Object.defineProperty(fitted, name, { value });
  }
  return fitted as typeof fitted & typeof abilities;
}

interface Making<S> {
  makes?(state: S): MadeColumns;
}

/** The actual and the intended names of a transformer's new columns. */
function namesOf<S extends JsonObject>({ makes }: Making<S>, state: S) {
  const wanted = makes?.(state).names ?? [];
  return { wanted, names: (state as NamesOut).namesOut ?? wanted };
}

/** The state with names that no other column of `x` has, if an intended one is taken. */
function withNames<S extends JsonObject>({ makes }: Making<S>, state: S, x: Table): S {
  if (!makes) return state;
  const { names: wanted, replaced } = makes(state);
  const isReplaced = new Set(replaced);
  const staying = x.names.filter((name) => !isReplaced.has(name));
  const namesOut = freeNames(wanted, staying, x.names);
  return renamedFrom(namesOut, wanted).size > 0 ? { ...state, namesOut } : state;
}

/** The state with the names saved with it, if any. */
function restoreNames<S extends JsonObject>({ makes }: Making<S>, learned: S, state: StateReader): S {
  if (!makes || !state.has('namesOut')) return learned;
  const namesOut = state.names('namesOut');
  state.expect(namesOut.length === makes(learned).names.length, 'namesOut', 'a name for each new column');
  return { ...learned, namesOut };
}

/** The fitted transformer, after a check with a table without rows that its columns and names are consistent. */
function requireFit<F extends Transformation>(x: Table, fitted: F): F {
  fitted.transform(x.take([]));
  return fitted;
}
