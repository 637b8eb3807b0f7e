import type { Attributions, FittedRegressor, JsonObject, StateReader, Table, TableSchema } from '@churn/core';
import { LARGEST_AMOUNT } from '../trees/scaled-targets.js';
import { type Forest, forestAttributions, forestMeans, forestState, restoreForest } from './forest.js';

const RANGES = { leafValues: { from: -LARGEST_AMOUNT, to: LARGEST_AMOUNT }, oobScore: { to: 1 } };

/** A regression tree, or many whose predictions are averaged. */
export class FittedForestRegressor implements FittedRegressor {
  readonly role = 'regressor';

  constructor(
    readonly type: string,
    readonly forest: Forest,
  ) {}

  /** @throws `model-file` if `state` is not that of a regression forest. */
  static restore(type: string, state: StateReader): FittedForestRegressor {
    return new FittedForestRegressor(type, restoreForest(state, 1, RANGES));
  }

  get state(): JsonObject {
    return forestState(this.forest);
  }

  get features(): readonly string[] {
    return this.forest.binning.names;
  }

  get schema(): TableSchema {
    return this.forest.binning.schema;
  }

  /**
   * The mean over the trees of the mean target in the leaf that a row falls into.
   * @throws `column-name` or `column-kind` if the columns are not those of training; `invalid-data` for an infinite value.
   */
  predict(x: Table): Float64Array {
    return forestMeans(this.forest, x)[0];
  }

  /** Exact SHAP values of the predictions. @throws as `predict`. */
  attributions(x: Table): Attributions {
    return forestAttributions(this.forest, x, 'amount');
  }

  /** The share of each feature in the total impurity decrease; all 0 if no tree has a split. */
  importances(): Float64Array {
    return Float64Array.from(this.forest.importances);
  }
}
