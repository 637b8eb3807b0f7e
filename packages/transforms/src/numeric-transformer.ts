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

/** The definition of a transformer of single numeric columns: what it learns from a column, and how it maps numbers with it. */
export interface NumericDefinition<P extends ColumnParameters, K extends keyof P, L extends object> {
  /** The name of the class, by which model files refer to it. */
  readonly type: string;
  readonly parameters: P;
  /** Options for tests, if the defaults do not work with numeric columns `a` and `b`, categories `level` and dates `on`. */
  readonly example?: OptionsOf<P>;
  /** Rejects invalid combinations of parameters by `requireParameter`. */
  check?(settings: SettingsOf<P>): void;
  /** The parameters that `apply` needs; they are kept in the state. */
  readonly keeps?: readonly K[];
  /** What is learned from a column, by field of the state; each check accepts what `learn` can return. */
  readonly learned: { readonly [F in keyof L]: (value: unknown) => value is L[F] };
  /** Rejects a table that cannot be fitted on. */
  requires?(x: Table, names: readonly string[], settings: SettingsOf<P>): void;
  /**
   * Learns from the non-missing values of a column. It is not called for a column without values, unless `learnsFromNone` is set.
   *
   * @param values must not be modified.
   */
  learn(
    values: Float64Array,
    settings: SettingsOf<P>,
    column: { readonly name: string; readonly nRows: number },
  ): NoInfer<L>;
  readonly learnsFromNone?: boolean;
  /** Maps numbers. */
  apply(learned: NoInfer<L>, kept: Pick<SettingsOf<P>, K>): NumberMap;
}

/** The state of such a transformer: for each field, the value of each column, `null` if it had no value. */
export type NumericState<P extends ParameterRecord, K extends keyof P, L> = FieldByField<
  { readonly [F in keyof L]: Readonly<Record<string, L[F] | null>> } & Pick<SettingsOf<P>, K>
>;

/** The same type, expanded so that editors show its fields. */
type FieldByField<T> = T extends infer O ? { readonly [F in keyof O]: O[F] } : never;

/**
 * Creates a class of transformers of single numeric columns from a definition. With `invert` they are invertible.
 *
 * ```ts
 * export class Halver extends numericTransformer({ type: 'Halver', parameters, learned, learn, apply }) {}
 * ```
 */
// @__NO_SIDE_EFFECTS__
export function numericTransformer<P extends ColumnParameters, L extends object, K extends keyof P = never>(
  definition: NumericDefinition<P, K, L> & {
    /** Maps numbers back. */
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

/** What is learned from a column, by field. */
type Learned = Readonly<Record<string, Json>>;
type State = Readonly<Record<string, Json>>;
type AnyNumericDefinition = NumericDefinition<ColumnParameters, string, Learned> & {
  invert?(learned: Learned, kept: State): NumberMap;
};

/** The state by field, then by column. */
function byField(fields: readonly string[], columns: readonly (readonly [string, Learned | null])[]): State {
  return Object.fromEntries(
    fields.map((field) => [
      field,
      Object.fromEntries(columns.map(([name, learned]) => [name, learned === null ? null : learned[field]])),
    ]),
  );
}

/** The state by column, then by field. */
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

/** The columns of a field in order, with whether something was learned from each, as text for comparison. */
function learnedNames(record: Learned): string {
  return JSON.stringify(Object.entries(record).map(([name, value]) => [name, value !== null]));
}

/** One line per numeric field; the columns for other fields. */
function figures(fields: readonly string[], state: State): string[] {
  return fields.map((field) => {
    const record = state[field] as Learned;
    const areNumbers = Object.values(record).every(isNumberOrNull);
    return areNumbers
      ? `${field} ${numberList(record as Record<string, number | null>)}`
      : `columns ${nameList(Object.keys(record))}`;
  });
}
