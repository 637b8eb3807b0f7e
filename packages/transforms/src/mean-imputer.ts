import { mean } from '@churn/core';
import { type ImputerState, numericImputer } from './imputer.js';
import type { FittedBy } from './transformer.js';

/**
 * Fills the missing values of numeric columns with the mean of the values at `fit`, over all rows or over those of the same group.
 *
 * A column without any value at `fit` has no mean and is unchanged.
 *
 * ```ts
 * new MeanImputer({ columns: ['Customer_Age'] }).fit(train).state; // { means: { Customer_Age: 46.3 } }
 * new MeanImputer({ groupBy: 'Card_Category', addIndicator: true });
 * ```
 */
export class MeanImputer extends numericImputer({
  type: 'MeanImputer',
  field: 'means',
  statistic: mean,
}) {}

/** The means that a `MeanImputer` has learned. */
export type FittedMeanImputer = FittedBy<typeof MeanImputer>;

/** The mean of each column; `null` if it had no value. */
export type MeanImputerState = ImputerState<'means', number>;
