import type { Durations } from './durations.js';
import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';

/** An unfitted survival model: it predicts the time to an event. */
export interface SurvivalModel<F extends FittedSurvivalModel = FittedSurvivalModel>
  extends Model<Durations, F> {}

/** A fitted survival model. */
export interface FittedSurvivalModel extends FittedModel<Durations> {
  /** The times at which its survival curves step, ascending. */
  readonly times: ArrayLike<number>;
  /** The risk score of each row: the higher, the sooner the event. */
  predict(x: Table): Float64Array;
  /** The probability that the event occurs after each of `times`: one array per time, with one number per row. */
  predictSurvival(x: Table, times: ArrayLike<number>): Float64Array[];
}
