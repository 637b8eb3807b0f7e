import type { CategoryColumn, ColumnKind, Table } from '@churn/core';
import { isNumber } from '@churn/core';
import { type FillColumn, fillNumbers } from './fill-missing.js';
import {
  describeExtras,
  type Fill,
  type FillExtras,
  filling,
  learnFills,
  madeIndicators,
  restoreFills,
} from './fills.js';
import { groupStatistics } from './group-statistics.js';
import { checkImputer, type ImputerParameters, imputerParameters } from './imputer-options.js';
import { numberList } from './number-list.js';
import { observedValues } from './numeric-columns.js';
import { type Transformation, type TransformerClass, transformer } from './transformer.js';

/** The definition of an imputer by its fill values. */
export interface ImputerDefinition<K extends string, V extends Fill> {
  /** The name of the class, by which model files refer to it. */
  readonly type: string;
  /** The field of the state that contains the fill values. */
  readonly field: K;
  /** The kind of the filled columns if none are chosen. */
  readonly kind: ColumnKind;
  /** The fill of a column; `null` if it has no value. */
  learn(x: Table, name: string): V | null;
  /** The fill of a column for each level of `group` that has a value. */
  learnOfGroups(x: Table, name: string, group: CategoryColumn): Iterable<readonly [level: string, fill: V]>;
  /** Whether `learn` can have returned a value. */
  isFill(value: unknown): value is V;
  readonly fillColumn: FillColumn<V>;
  /** The required kind of a column without any value; default any. */
  readonly emptyKind?: ColumnKind;
}

/** The state of an imputer: the fill of each column, `null` if it had no value, and what its options add. */
export type ImputerState<K extends string, V extends Fill> = FillExtras<V> & {
  readonly [F in K]: Readonly<Record<string, V | null>>;
};

type ImputerClass<K extends string, V extends Fill> = TransformerClass<
  ImputerParameters,
  ImputerState<K, V>,
  Transformation
>;

/** Creates an imputer class from a definition. */
// @__NO_SIDE_EFFECTS__
export function imputer<K extends string, V extends Fill>({
  type,
  field,
  kind,
  learn,
  learnOfGroups,
  isFill,
  fillColumn,
  emptyKind,
}: ImputerDefinition<K, V>): ImputerClass<K, V> {
  const made = transformer({
    type,
    parameters: imputerParameters,
    check: checkImputer,
    learn(x, settings) {
      const names = settings.columns ?? x.namesOf(kind).filter((name) => name !== settings.groupBy);
      const { values, ...extras } = learnFills<V>(
        x,
        names,
        settings,
        (name) => learn(x, name),
        (name, group) => learnOfGroups(x, name, group),
      );
      return { [field]: values, ...extras };
    },
    restore(state) {
      const { values, ...extras } = restoreFills(state, field, isFill);
      return { [field]: values, ...extras };
    },
    makes: (state) => madeIndicators(state as FillExtras<V>),
    apply: (state, names) =>
      filling({ ...(state as FillExtras<V>), values: valuesOf(state) }, names, fillColumn, emptyKind),
    describe: (state) => `${field} ${numberList(valuesOf(state))}${describeExtras(state as FillExtras<V>)}`,
  });
  const valuesOf = (state: object) => (state as ImputerState<K, V>)[field];
  return made as unknown as ImputerClass<K, V>;
}

/** Creates an imputer class that fills numeric columns with a statistic of their values. */
// @__NO_SIDE_EFFECTS__
export function numericImputer<K extends string>(definition: {
  readonly type: string;
  readonly field: K;
  /** The statistic of one or more values; it must not modify them. */
  readonly statistic: (values: Float64Array) => number;
}): ImputerClass<K, number> {
  const { statistic } = definition;
  return imputer({
    ...definition,
    kind: 'numeric',
    learn(x, name) {
      const values = observedValues(x, name);
      return values.length > 0 ? statistic(values) : null;
    },
    learnOfGroups: (x, name, group) => groupStatistics(x.numeric(name), group, statistic),
    isFill: isNumber,
    fillColumn: fillNumbers,
    emptyKind: 'numeric',
  });
}
