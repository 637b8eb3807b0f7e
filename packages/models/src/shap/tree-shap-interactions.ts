import type { Table } from '@churn/core';
import type { FittedGradientBoosting } from '../boosting/fitted-gradient-boosting.js';
import type { FittedGradientBoostingRegressor } from '../boosting/fitted-gradient-boosting-regressor.js';
import type { FittedForest } from '../forest/fitted-forest.js';
import type { FittedForestRegressor } from '../forest/fitted-forest-regressor.js';
import { type Interactions, treeInteractions } from './tree-interactions.js';

/** The contribution of each pair of features to a score of each row, relative to the expected score. */
export interface ShapInteractions {
  /**
   * For each feature a list of one array per feature, with a number per row. The list of a feature adds up to its SHAP value. Half of each
   * interaction is in the lists of both features, and the main effect of a feature is at its own index.
   */
  readonly interactions: readonly (readonly Float64Array[])[];
  /** The expected score, which adds up to a row's score with all interactions of the row. */
  readonly expectedValue: number;
}

/**
 * The exact path-dependent SHAP interaction values of a tree model (Lundberg et al., "From local explanations to global understanding with
 * explainable AI for trees", 2020): which features interact, in each row. Scores and results are those of `treeShap`; for a boosting
 * regressor they are raw scores, whose exponential a model with a log link predicts.
 *
 * The time grows with rows and leaves, so pass some hundreds of rows.
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
  // The features that trees receive count for the column they are computed from, on both sides of a pair.
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
