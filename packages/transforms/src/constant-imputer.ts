import { booleanParameter, type OptionsOf, parameter, required, withDefault } from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { fillEither } from './fill-missing.js';
import {
  describeExtras,
  type Fill,
  type FillExtras,
  filling,
  isFill,
  learnFills,
  madeIndicators,
  restoreFills,
} from './fills.js';
import { nameList } from './name-list.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to fill; default all of the kind of `value`. */
  columns: columnNames(),
  /** The replacement for missing values: a number in numeric columns, text in category columns. */
  value: required(parameter('a finite number or text', isFill)),
  /**
   * Whether each column that had missing values at `fit` gets an indicator column `<name>_missing`, after all others: 1 if the value was
   * missing, otherwise 0. Default false.
   */
  addIndicator: withDefault(booleanParameter(), false),
};

/** The options of a `ConstantImputer`. */
export type ConstantImputerOptions = OptionsOf<typeof parameters>;

/** The fill value of each filled column, the same in all. */
export type ConstantImputerState = Pick<FillExtras<never>, 'indicators' | 'namesOut'> & {
  readonly values: Readonly<Record<string, number | string>>;
};

/**
 * Fills missing values with a given value: a number in numeric columns, a known or new level in category columns. A column without any
 * value at `fit` is filled as well.
 *
 * ```ts
 * new ConstantImputer({ value: 'Unknown' }).fit(train).state; // { values: { Gender: 'Unknown', Card: 'Unknown' } }
 * ```
 */
export class ConstantImputer extends transformer({
  type: 'ConstantImputer',
  parameters,
  example: { value: 0 },
  learn(x, settings): ConstantImputerState {
    const { value } = settings;
    const kind = typeof value === 'number' ? 'numeric' : 'category';
    const names = settings.columns ?? x.namesOf(kind);
    const { indicators } = learnFills(x, names, settings, (name) => {
      // Read by kind, so that a column of the other kind is rejected.
      x[kind](name);
      return value;
    });
    const values = Object.fromEntries(names.map((name) => [name, value]));
    return { values, ...(indicators && { indicators }) };
  },
  restore(state) {
    const values = state.record('values', isFill);
    state.expect(new Set(Object.values(values)).size <= 1, 'values', 'the same value for each column');
    const { indicators } = restoreFills(state, 'values', isFill);
    return { values, ...(indicators && { indicators }) };
  },
  makes: (state) => madeIndicators(state),
  apply: (state, names) => filling<Fill>(state, names, fillEither),
  describe(state) {
    const [value] = Object.values(state.values);
    const what = value === undefined ? '' : `${JSON.stringify(value)} in `;
    return `${what}${nameList(Object.keys(state.values))}${describeExtras(state)}`;
  },
}) {
  /** @throws `invalid-parameter` for an unknown or invalid option. */
  constructor(options: ConstantImputerOptions) {
    super(options);
  }
}

/** A fitted `ConstantImputer`: the columns that it fills, and with what. */
export type FittedConstantImputer = FittedBy<typeof ConstantImputer>;
