import { type ImputerState, numericImputer } from './imputer.js';
import { median } from './statistics/median.js';
import type { FittedBy } from './transformer.js';

/**
 * Fills the missing values of numeric columns with the median of the values at `fit`, over all rows or over those of the same group; for
 * an even number of values, the mean of the middle two.
 *
 * A column without any value at `fit` has no median and is unchanged.
 *
 * ```ts
 * new MedianImputer({ columns: ['Credit_Limit'] }).fit(train).state; // { medians: { Credit_Limit: 4515 } }
 * new MedianImputer({ groupBy: 'Card_Category', addIndicator: true });
 * ```
 */
export class MedianImputer extends numericImputer({
  type: 'MedianImputer',
  field: 'medians',
  statistic: median,
}) {}

/** The medians that a `MedianImputer` has learned. */
export type FittedMedianImputer = FittedBy<typeof MedianImputer>;

/** The median of each column; `null` if it had no value. */
export type MedianImputerState = ImputerState<'medians', number>;
