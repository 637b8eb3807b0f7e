import {
  isNumberOrNull,
  type Json,
  type OptionsOf,
  type Parameter,
  type ParameterRecord,
  type SettingsOf,
  type Table,
} from '@churn/core';
import { picked, restoredParameters } from './kept-parameters.js';
import { nameList } from './name-list.js';
import { numberList } from './number-list.js';
import { mapNumbers, mapNumbersBothWays, type NumberMap, observedValues } from './numeric-columns.js';
import {
  type InvertibleTransformation,
  type Transformation,
  type TransformerClass,
  transformer,
} from './transformer.js';

/** Parameters of a transformer that works on some columns. */
type ColumnParameters = ParameterRecord & { readonly columns: Parameter<readonly string[]> };

/** A transformer that works on numeric columns one by one: what it learns of one, and what a number becomes by that. */
export interface NumericDefinition<P extends ColumnParameters, K extends keyof P, L extends object> {
  /** The name of the class, by which model files refer to it. */
  readonly type: string;
  readonly parameters: P;
  /** Options to test it with, where the defaults will not do: there are numbers `a` and `b`, categories `level` and dates `on`. */
  readonly example?: OptionsOf<P>;
  /** Refuses parameters that do not go together, by `requireParameter`. */
  check?(settings: SettingsOf<P>): void;
  /** The parameters that `apply` needs as well: they are kept in the state. */
  readonly keeps?: readonly K[];
  /** What is learned of a column, by the field of the state that holds it; each check tells what `learn` can have given. */
  readonly learned: { readonly [F in keyof L]: (value: unknown) => value is L[F] };
  /** Refuses a table that there is nothing to learn from. */
  requires?(x: Table, names: readonly string[], settings: SettingsOf<P>): void;
  /**
   * Learns from the values of a column, missing ones left out. It is not asked about a column without values, unless
   * `learnsFromNone` says so.
   *
   * @param values must not be written to.
   */
  learn(
    values: Float64Array,
    settings: SettingsOf<P>,
    column: { readonly name: string; readonly nRows: number },
  ): NoInfer<L>;
  readonly learnsFromNone?: boolean;
  /** What a number becomes. */
  apply(learned: NoInfer<L>, kept: Pick<SettingsOf<P>, K>): NumberMap;
}

/** What such a transformer has learned: for each field what it says of each column, `null` where that had no value. */
export type NumericState<P extends ParameterRecord, K extends keyof P, L> = FieldByField<
  { readonly [F in keyof L]: Readonly<Record<string, L[F] | null>> } & Pick<SettingsOf<P>, K>
>;

/** The same type, which an editor shows field by field. */
type FieldByField<T> = T extends infer O ? { readonly [F in keyof O]: O[F] } : never;

/**
 * A class of transformers that work on numeric columns one by one, from a definition. With `invert` they can be undone.
 *
 * ```ts
 * export class Halver extends numericTransformer({ type: 'Halver', parameters, learned, learn, apply }) {}
 * ```
 */
// @__NO_SIDE_EFFECTS__
export function numericTransformer<P extends ColumnParameters, L extends object, K extends keyof P = never>(
  definition: NumericDefinition<P, K, L> & {
    /** What the number was. */
    invert(learned: NoInfer<L>, kept: Pick<SettingsOf<P>, K>): NumberMap;
  },
): TransformerClass<P, NumericState<P, K, L>, InvertibleTransformation>;
export function numericTransformer<P extends ColumnParameters, L extends object, K extends keyof P = never>(
  definition: NumericDefinition<P, K, L>,
): TransformerClass<P, NumericState<P, K, L>, Transformation>;
// @__NO_SIDE_EFFECTS__
export function numericTransformer(definition: AnyNumericDefinition): unknown {
  const { type, parameters, example, check, keeps = [], learned, apply, invert } = definition;
  return transformer<ColumnParameters, State, Transformation>({
    type,
    parameters,
    example,
    check,
    learn(x, settings) {
      const names = settings.columns ?? x.namesOf('numeric');
      definition.requires?.(x, names, settings);
      const columns = names.map((name): [string, Learned | null] => {
        const values = observedValues(x, name);
        const isAsked = values.length > 0 || definition.learnsFromNone === true;
        return [name, isAsked ? definition.learn(values, settings, { name, nRows: x.nRows }) : null];
      });
      return { ...byField(Object.keys(learned), columns), ...(picked(settings, keeps) as State) };
    },
    restore(state) {
      const fields = Object.entries(learned).map(([field, isLearned]) => {
        const isLearnedOrNull = (value: unknown): value is Json => value === null || isLearned(value);
        return [field, state.record(field, isLearnedOrNull)] as const;
      });
      const [[first], ...others] = fields.map(([field, record]) => [field, learnedNames(record)]);
      for (const [field, names] of others) {
        state.expect(names === learnedNames(fields[0][1]), field, `of the same columns as "${first}"`);
      }
      return { ...Object.fromEntries(fields), ...restoredParameters(state, parameters, keeps) };
    },
    apply(state) {
      const kept = picked(state, keeps);
      const columns = byColumn(Object.keys(learned), state);
      const applied = (each: Learned) => apply(each, kept);
      return invert
        ? mapNumbersBothWays(columns, applied, (each) => invert(each, kept))
        : mapNumbers(columns, applied);
    },
    describe: (state) =>
      [
        ...keeps.map((name) => `${name} ${JSON.stringify(state[name])}`),
        ...figures(Object.keys(learned), state),
      ].join('; '),
  });
}

/** What is learned of a column, by field. */
type Learned = Readonly<Record<string, Json>>;
type State = Readonly<Record<string, Json>>;
type AnyNumericDefinition = NumericDefinition<ColumnParameters, string, Learned> & {
  invert?(learned: Learned, kept: State): NumberMap;
};

/** For each field what it says of each column. */
function byField(fields: readonly string[], columns: readonly (readonly [string, Learned | null])[]): State {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      Object.fromEntries(columns.map(([name, learned]) => [name, learned === null ? null : learned[field]])),
    ]),
  );
}

/** For each column what its fields say. */
function byColumn(fields: readonly string[], state: State): Record<string, Learned | null> {
  const records = fields.map((field) => state[field] as Learned);
  return Object.fromEntries(
    Object.keys(records[0]).map((name) => [
      name,
      records[0][name] === null
        ? null
        : Object.fromEntries(fields.map((field, i) => [field, records[i][name]])),
    ]),
  );
}

/** The columns of a field in order, with whether something was learned of each, as text to compare. */
function learnedNames(record: Learned): string {
  return JSON.stringify(Object.entries(record).map(([name, value]) => [name, value !== null]));
}

/** A line for each field of numbers; of others, the columns. */
function figures(fields: readonly string[], state: State): string[] {
  return fields.map((field) => {
    const record = state[field] as Learned;
    const areNumbers = Object.values(record).every(isNumberOrNull);
    return areNumbers
      ? `${field} ${numberList(record as Record<string, number | null>)}`
      : `columns ${nameList(Object.keys(record))}`;
  });
}
