import type { Table } from '@churn/core';
import type { FittedGradientBoosting } from '../boosting/fitted-gradient-boosting.js';
import type { FittedForest } from '../forest/fitted-forest.js';
import type { FittedForestRegressor } from '../forest/fitted-forest-regressor.js';
import type { ShapValues } from './shap-values.js';

/**
 * The exact path-dependent SHAP values of a tree model: the contribution of each feature to the scores of each row, as in the model's
 * `attributions`.
 *
 * The scores of a forest or a tree are probabilities or predicted values; those of boosting are its raw scores, log-odds for two classes.
 * For two classes there is one result, for the second class; for more there is one per class; for regression there is one. The
 * contributions of a row and the expected value add up to its score.
 *
 * @throws as the model's `predictProba` or `predict`.
 */
export function treeShap(
  model: FittedForest | FittedForestRegressor | FittedGradientBoosting,
  x: Table,
): ShapValues[] {
  return model.attributions(x).outputs.map(({ baseline, contributions }) => ({
    contributions,
    expectedValue: baseline,
  }));
}
