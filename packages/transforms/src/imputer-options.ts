import {
  booleanParameter,
  type DefaultParameter,
  isString,
  type OptionsOf,
  type Parameter,
  parameter,
  requireParameter,
  type SettingsOf,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';

/** The parameters of an imputer that learns a statistic of each column. */
export type ImputerParameters = {
  /** The columns to fill; without it all of the kind that the imputer is for, but that of `groupBy`. */
  readonly columns: Parameter<readonly string[]>;
  /**
   * A category column: a missing value becomes the statistic of the rows that have the same level in it; the one of all
   * rows where that level is missing, was not there at `fit`, or had no value. The column itself is not filled.
   */
  readonly groupBy: Parameter<string>;
  /**
   * Whether each column that had missing values at `fit` gets a column of 0 and 1, `<name>_missing`, after all others,
   * with 1 where a value was missing. Default false.
   */
  readonly addIndicator: DefaultParameter<boolean>;
};

export const imputerParameters: ImputerParameters = {
  columns: columnNames(),
  groupBy: parameter('a column name', isString),
  addIndicator: withDefault(booleanParameter(), false),
};

/** The options of an imputer that learns a statistic of each column. */
export type ImputerOptions = OptionsOf<ImputerParameters>;

export type ImputerSettings = SettingsOf<ImputerParameters>;

/** The option of every imputer to tell which values were missing. */
export type IndicatorOption = Pick<ImputerOptions, 'addIndicator'>;

/** @throws `invalid-parameter` for `columns` that hold `groupBy`. */
export function checkImputer({ columns, groupBy }: ImputerSettings): void {
  const isFilled = groupBy !== undefined && columns?.includes(groupBy) === true;
  requireParameter(!isFilled, 'columns', 'names other than that of groupBy', groupBy);
}
