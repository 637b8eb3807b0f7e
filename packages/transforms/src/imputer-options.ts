import { requireParameter } from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';

/** The option of every imputer to tell which values were missing. */
export interface IndicatorOption {
  /**
   * Whether each column that had missing values at `fit` gets a column of 0 and 1, `<name>_missing`, after all others,
   * with 1 where a value was missing. Default false.
   */
  readonly addIndicator?: boolean;
}

/** The options of an imputer that learns a statistic of each column. */
export interface ImputerOptions extends ColumnsOption, IndicatorOption {
  /**
   * A category column: a missing value becomes the statistic of the rows that have the same level in it; the one of all
   * rows where that level is missing, was not there at `fit`, or had no value. The column itself is not filled.
   */
  readonly groupBy?: string;
}

/** The options of an imputer, checked. */
export interface CheckedImputerOptions extends ImputerOptions {
  readonly addIndicator: boolean;
}

/**
 * The options of an imputer, checked, with their defaults.
 * @throws `invalid-parameter` for `columns` that are not a list of distinct names or hold `groupBy`, a `groupBy` that is
 *   not a name, and an `addIndicator` that is not true or false.
 */
export function imputerOptions(options: ImputerOptions): CheckedImputerOptions {
  const { groupBy, addIndicator = false } = options;
  const columns = chosenColumns(options.columns);
  requireParameter(groupBy === undefined || typeof groupBy === 'string', 'groupBy', 'a column name', groupBy);
  requireParameter(typeof addIndicator === 'boolean', 'addIndicator', 'true or false', addIndicator);
  const isFilled = groupBy !== undefined && columns?.includes(groupBy) === true;
  requireParameter(!isFilled, 'columns', 'names other than that of groupBy', groupBy);
  return { columns, groupBy, addIndicator };
}
