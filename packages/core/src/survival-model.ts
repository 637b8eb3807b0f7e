import type { Durations } from './durations.js';
import type { FittedModel, Model } from './model.js';
import type { Table } from './table.js';

/** A model of the time to an event, to be fitted. */
export interface SurvivalModel<F extends FittedSurvivalModel = FittedSurvivalModel>
  extends Model<Durations, F> {}

/** A model that has learned when events come. */
export interface FittedSurvivalModel extends FittedModel<Durations> {
  /** The times at which its survival curves step, ascending. */
  readonly times: ArrayLike<number>;
  /** The risk score of each row: the higher, the sooner the event. */
  predict(x: Table): Float64Array;
  /** The probability that the event comes after each of `times`: an array per time, with a number per row. */
  predictSurvival(x: Table, times: ArrayLike<number>): Float64Array[];
}
