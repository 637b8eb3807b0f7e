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

/** What is done to tables and rows. */
export interface Transformation {
  /**
   * A new table; `x` does not change. Rows stay in their number and order.
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as it was; `invalid-data` for a value that
   *   cannot be transformed.
   */
  transform(x: Table): Table;
  /** What `transform` does, for one row at a time. */
  compileRow(schema: TableSchema): RowStep;
}

/** A transformation that makes columns under names of their own. */
export interface Originating extends Transformation {
  /** For each such column, the columns that it is made of. */
  readonly origins: ReadonlyMap<string, readonly string[]>;
}

/** A transformation that can be undone. */
export interface InvertibleTransformation extends Transformation {
  /**
   * Gives the values back.
   * @throws `column-name` or `column-kind` where a column is not there as `transform` makes it; `invalid-data` for a value
   *   that `transform` cannot have made.
   */
  inverseTransform(x: Table): Table;
}

/** The columns that a transformer makes under names of their own. */
export interface MadeColumns {
  /** What they are to be called, in order. */
  readonly names: readonly string[];
  /** The columns that they take the place of. */
  readonly replaced?: readonly string[];
}

/** What is in the state of a transformer that makes columns, beside what it learned. */
export type NamesOut = {
  /** What the columns that it makes are called, in order; there where another column had the name of one of them. */
  readonly namesOut?: readonly string[];
};

/** What a transformer is: its parameters, what it learns, and what it does with that. All else follows. */
export interface TransformerDefinition<
  P extends ParameterRecord,
  S extends JsonObject,
  T extends Transformation,
> {
  /** The name of the class, by which model files refer to it. */
  readonly type: string;
  readonly parameters: P;
  /** Options to test it with, where the defaults will not do: there are numbers `a` and `b`, categories `level` and dates `on`. */
  readonly example?: OptionsOf<P>;
  /** Refuses parameters that do not go together, by `requireParameter`. */
  check?(settings: SettingsOf<P>): void;
  /** What it learns, as plain JSON. */
  learn(x: Table, settings: SettingsOf<P>): S;
  /** What a model file says that it learned; refuses whatever `learn` cannot have given. */
  restore(state: StateReader): S;
  /** The columns that it makes under names of their own; without it none. */
  makes?(state: S): MadeColumns;
  /**
   * What it does by what it learned. Whatever takes time to look up is looked up here.
   *
   * @param names what the columns that it makes are called: not as `makes` has it where another column had that name at `fit`.
   */
  apply(state: S, names: readonly string[]): T;
  /** What it learned, in one line, to follow its type. */
  describe(state: S): string;
}

/** A definition that learns from a target. */
export interface SupervisedDefinition<
  P extends ParameterRecord,
  S extends JsonObject,
  T extends Transformation,
  Y extends TargetLike = LabelsLike,
> extends Omit<TransformerDefinition<P, S, T>, 'learn'> {
  learn(x: Table, settings: SettingsOf<P>, y: Y): S;
  /**
   * The training rows, of which each is transformed by what the others say; there are two rows or more. Left out where the target
   * decides of columns alone, and a row's own says nothing of it.
   */
  outOfFold?(x: Table, settings: SettingsOf<P>, y: Y, state: S, names: readonly string[]): Table;
}

/** What a transformer has learned, and does by it. */
type Fitted<S, T extends Transformation> = T & {
  readonly role: 'transformer';
  /** The name by which a model file refers to the class that can restore it. */
  readonly type: string;
  /** What was learned, as plain JSON, there to be looked at. */
  readonly state: S;
  /** For each column made whose name another one had at `fit`, that name. */
  readonly renamed?: ReadonlyMap<string, string>;
  /** What was learned, in one line for a log. */
  describe(): string;
};

/** What transformers of this class become by learning. */
export type FittedBy<C extends { restore(state: StateReader): unknown }> = ReturnType<C['restore']>;

/** The class that a definition makes. */
export interface TransformerClass<P extends ParameterRecord, S, T extends Transformation>
  extends Restoring<P, S, T> {
  /** @throws `invalid-parameter` for an option that there is not, or that is not what it must be. */
  new (
    options?: OptionsOf<P>,
  ): SettingsOf<P> & {
    readonly role: 'transformer';
    /**
     * Learns from `x`, and returns what it learned as a new object.
     * @throws `column-name` or `column-kind` for a column that it cannot learn from; `invalid-data` for a value.
     */
    fit(x: Table): Fitted<S, T>;
    /** Learns from `x` and transforms it. */
    fitTransform(x: Table): { readonly fitted: Fitted<S, T>; readonly output: Table };
  };
}

/** The class that a supervised definition makes. */
export interface SupervisedClass<
  P extends ParameterRecord,
  S,
  T extends Transformation,
  Y extends TargetLike = LabelsLike,
> extends Restoring<P, S, T> {
  /** @throws `invalid-parameter` for an option that there is not, or that is not what it must be. */
  new (
    options?: OptionsOf<P>,
  ): SettingsOf<P> & {
    readonly role: 'transformer';
    /**
     * Learns from all rows.
     * @throws `invalid-target` where `y` is not there, or of classes that it cannot learn from; `invalid-data` where there
     *   are no rows, or `y` has another number of them; `column-name` or `column-kind` for a column that it cannot learn from.
     */
    fit(x: Table, y: Y): Fitted<S, T>;
    /**
     * Learns from all rows, and transforms each by the rows of the other folds alone. A single row, for which there are no
     * others, is transformed as `transform` does it.
     */
    fitTransform(x: Table, y: Y): { readonly fitted: Fitted<S, T>; readonly output: Table };
  };
}

interface Restoring<P extends ParameterRecord, S, T extends Transformation> {
  readonly type: string;
  /** What its options may be, and their defaults. */
  readonly parameters: P;
  readonly example: OptionsOf<P> | undefined;
  /** @throws `model-file` where `state` is not what this class writes. */
  restore(state: StateReader): Fitted<S, T>;
}

/**
 * A class of transformers from a definition:
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

/** A class of transformers that learn from a target, from a definition. */
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

/** What both kinds of class have in common. */
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
      // As public fields: a search tells specifications apart by them.
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
    // Functions are no data: they stay out of what is printed.
    Object.defineProperty(fitted, name, { value });
  }
  return fitted as typeof fitted & typeof abilities;
}

interface Making<S> {
  makes?(state: S): MadeColumns;
}

/** What the columns that a transformer makes are called, and what they were to be called. */
function namesOf<S extends JsonObject>({ makes }: Making<S>, state: S) {
  const wanted = makes?.(state).names ?? [];
  return { wanted, names: (state as NamesOut).namesOut ?? wanted };
}

/** The state with names that no other column of `x` has, where one of those wanted is taken. */
function withNames<S extends JsonObject>({ makes }: Making<S>, state: S, x: Table): S {
  if (!makes) return state;
  const { names: wanted, replaced } = makes(state);
  const isReplaced = new Set(replaced);
  const staying = x.names.filter((name) => !isReplaced.has(name));
  const namesOut = freeNames(wanted, staying, x.names);
  return renamedFrom(namesOut, wanted).size > 0 ? { ...state, namesOut } : state;
}

/** The state with the names that were saved with it, if there were any. */
function restoreNames<S extends JsonObject>({ makes }: Making<S>, learned: S, state: StateReader): S {
  if (!makes || !state.has('namesOut')) return learned;
  const namesOut = state.names('namesOut');
  state.expect(
    namesOut.length === makes(learned).names.length,
    'namesOut',
    'a name of each column that is made',
  );
  return { ...learned, namesOut };
}

/** The fitted transformer, of which a table without rows has shown that its columns and their names go together. */
function requireFit<F extends Transformation>(x: Table, fitted: F): F {
  fitted.transform(x.take([]));
  return fitted;
}
