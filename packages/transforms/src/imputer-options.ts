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

/** The parameters of an imputer that fills columns with a statistic. */
export type ImputerParameters = {
  /** The columns to fill; default all of the kind that the imputer works on, except that of `groupBy`. */
  readonly columns: Parameter<readonly string[]>;
  /**
   * A category column: a missing value becomes the statistic of the rows with the same level in it, or that of all rows if the level is
   * missing, was not seen at `fit`, or had no value. The column itself is not filled.
   */
  readonly groupBy: Parameter<string>;
  /**
   * Whether each column that had missing values at `fit` gets an indicator column `<name>_missing`, after all others: 1 if the value was
   * missing, otherwise 0. Default false.
   */
  readonly addIndicator: DefaultParameter<boolean>;
};

export const imputerParameters: ImputerParameters = {
  columns: columnNames(),
  groupBy: parameter('a column name', isString),
  addIndicator: withDefault(booleanParameter(), false),
};

/** The options of an imputer that fills columns with a statistic. */
export type ImputerOptions = OptionsOf<ImputerParameters>;

export type ImputerSettings = SettingsOf<ImputerParameters>;

/** The option of every imputer to mark missing values. */
export type IndicatorOption = Pick<ImputerOptions, 'addIndicator'>;

/** @throws `invalid-parameter` if `columns` contains `groupBy`. */
export function checkImputer({ columns, groupBy }: ImputerSettings): void {
  const isFilled = groupBy !== undefined && columns?.includes(groupBy) === true;
  requireParameter(!isFilled, 'columns', 'names other than that of groupBy', groupBy);
}
