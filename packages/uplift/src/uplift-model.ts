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

/** An unfitted uplift model. It is a regressor: it predicts the effect on a row. */
export interface UpliftModel<F extends FittedUplift = FittedUplift> extends Model<TargetValues, F> {
  /** The column of the treatment. */
  readonly treatment: string;
  /** The level of the rows that were not treated. */
  readonly control: ClassLabel;
  /**
   * Learns from rows `x`, the column of the treatment among them, and the outcome of each.
   *
   * @throws `invalid-target` for outcomes that are none, or that the model inside cannot learn; `column-name`, `invalid-data` or
   * `invalid-parameter` if the treatment is not as `treatedRows` wants it; and what the model inside throws.
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
   * The uplift of each row: by how much the treatment raises the expected outcome, or the probability of the second of two classes.
   * @throws what the models inside throw; `invalid-data` if an amount is beyond the range of numbers.
   */
  abstract predictUplift(x: Table): Float64Array;

  /** The same as `predictUplift`. */
  predict(x: Table): Float64Array {
    return this.predictUplift(x);
  }
}
