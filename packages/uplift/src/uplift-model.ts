import type {
  ClassLabel,
  FitOptions,
  FittedRegressor,
  JsonObject,
  Model,
  Table,
  TableSchema,
  TargetValues,
} from '@churn/core';
import type { OutcomeLike } from './outcomes.js';

/** An unfitted uplift model. It is a regressor that predicts the treatment effect on each row. */
export interface UpliftModel<F extends FittedUplift = FittedUplift> extends Model<TargetValues, F> {
  /** The treatment column. */
  readonly treatment: string;
  /** The level of the untreated rows. */
  readonly control: ClassLabel;
  /**
   * Fits the model on rows `x`, which include the treatment column, and the outcome of each.
   *
   * @throws `invalid-target` for outcomes that are invalid or unsuited to the inner model; for the treatment, as `treatedRows`; and the errors
   * of the inner model.
   */
  fit(x: Table, y: OutcomeLike, options?: FitOptions): F;
}

/** A fitted uplift model. The treatment column is not among its features. */
export abstract class FittedUplift implements FittedRegressor {
  readonly role = 'regressor';
  abstract readonly type: string;
  abstract readonly state: JsonObject;
  abstract readonly features: readonly string[];
  abstract readonly schema?: TableSchema | undefined;

  /**
   * The uplift of each row: the increase in the expected outcome, or in the probability of the second class, due to the treatment.
   * @throws the errors of the inner models; `invalid-data` if an effect is beyond the range of numbers.
   */
  abstract predictUplift(x: Table): Float64Array;

  /** The same as `predictUplift`. */
  predict(x: Table): Float64Array {
    return this.predictUplift(x);
  }
}
