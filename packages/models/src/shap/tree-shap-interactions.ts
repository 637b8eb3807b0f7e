import type { Table } from '@churn/core';
import type { FittedGradientBoosting } from '../boosting/fitted-gradient-boosting.js';
import type { FittedGradientBoostingRegressor } from '../boosting/fitted-gradient-boosting-regressor.js';
import type { FittedForest } from '../forest/fitted-forest.js';
import type { FittedForestRegressor } from '../forest/fitted-forest-regressor.js';
import { type Interactions, treeInteractions } from './tree-interactions.js';

/** What each pair of features adds to a score of each row, over the score that is expected without knowing the row. */
export interface ShapInteractions {
  /**
   * For each feature a list of one array per feature, with a number per row. The list of a feature adds up to its SHAP value; what two
   * features add together stands half in the list of each, and what one adds alone in its own place.
   */
  readonly interactions: readonly (readonly Float64Array[])[];
  /** What all interactions of a row add up to its score with. */
  readonly expectedValue: number;
}

/**
 * The exact SHAP interaction values of a model of trees, by the paths of its own training rows (Lundberg et
 * al., "From local explanations to global understanding with explainable AI for trees", 2020): of which
 * features the effects depend on each other, in each row. Scores and results are those of `treeShap`; those
 * of a boosting regressor are raw scores, whose exponential a model with a log link predicts.
 *
 * The time grows with rows and leaves: look at some hundreds of rows.
 *
 * @throws as the model's `predictProba` or `predict`.
 */
export function treeShapInteractions(
  model: FittedForest | FittedForestRegressor | FittedGradientBoosting | FittedGradientBoostingRegressor,
  x: Table,
): ShapInteractions[] {
  if ('forest' in model) {
    const { binning, trees } = model.forest;
    const mean = (value: number) => value / trees.length;
    return treeInteractions(binning, trees, x, trees.shape.nOutputs).map(({ baseline, pairs }) => ({
      expectedValue: mean(baseline),
      interactions: pairs.map((ofFeature) => ofFeature.map((values) => values.map(mean))),
    }));
  }
  const { statistics, binning, baseScores, trees } = model.boosted;
  const derived = statistics?.transform(x) ?? x;
  // What trees see of a column counts for that column, on both sides of a pair.
  const ofColumns = (contributions: readonly Float64Array[]) =>
    statistics?.ofColumns({ baseline: 0, contributions }, x.nRows).contributions ?? contributions;
  return treeInteractions(binning, trees, derived, baseScores.length).map(
    ({ baseline, pairs }: Interactions, k) => {
      const byFirst = pairs.map(ofColumns);
      const columns = byFirst[0]?.map((_, j) => ofColumns(byFirst.map((ofFeature) => ofFeature[j]))) ?? [];
      return { expectedValue: baseline + baseScores[k], interactions: columns };
    },
  );
}
