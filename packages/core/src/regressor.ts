import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';
import type { TargetValues } from './target-values.js';

/** An unfitted regressor. */
export interface Regressor<F extends FittedRegressor = FittedRegressor> extends Model<TargetValues, F> {}

/** A fitted regressor. */
export interface FittedRegressor extends FittedModel<TargetValues> {
  /** The value of each row. */
  predict(x: Table): Float64Array;
}
