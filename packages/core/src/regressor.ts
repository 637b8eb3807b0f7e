import type { Amounts } from './amounts.js';
import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';

/** A model of amounts, to be fitted. */
export interface Regressor<F extends FittedRegressor = FittedRegressor> extends Model<Amounts, F> {}

/** A model that has learned amounts. */
export interface FittedRegressor extends FittedModel<Amounts> {
  /** The amount of each row. */
  predict(x: Table): Float64Array;
}
