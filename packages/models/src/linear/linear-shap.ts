import { ChurnError, type Table } from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import type { ShapValues } from '../shap/shap-values.js';
import type { LinearModel } from './linear-term.js';

/**
 * The Shapley values `w_j (x_ij - mean_j)` of a linear model's raw scores, assuming independent features; the expected value is the score
 * of the background. One result for the log-odds of two classes, otherwise one per class; a class without rows has an expected value of
 * minus infinity.
 *
 * Lundberg and Lee, "A unified approach to interpreting model predictions", NIPS 2017, corollary 1.
 *
 * @param background the mean of each feature, by its name; or a table with at least one row, whose means are used.
 * @throws `invalid-data` if a feature has no finite mean; what `model.predictProba` throws for such tables.
 */
export function linearShap(
  model: LinearModel,
  x: Table,
  background: Readonly<Record<string, number>> | Table,
): ShapValues[] {
  const columns = designMatrix(x, model.features);
  const means = backgroundMeans(model.features, background);
  return model.terms.map(({ coefficients, intercept }) => ({
    contributions: columns.map((column, j) => column.map((value) => coefficients[j] * (value - means[j]))),
    expectedValue: coefficients.reduce((sum, w, j) => sum + w * means[j], intercept),
  }));
}

function backgroundMeans(
  features: readonly string[],
  background: Readonly<Record<string, number>> | Table,
): number[] {
  const means = isTable(background)
    ? designMatrix(background, features).map((column) => column.reduce((a, b) => a + b, 0) / column.length)
    : features.map((name) => (Object.hasOwn(background, name) ? background[name] : NaN));
  const missing = means.findIndex((mean) => !Number.isFinite(mean));
  if (missing >= 0) {
    throw new ChurnError(
      'invalid-data',
      `background, column "${features[missing]}": expected a finite mean, got ${means[missing]}`,
    );
  }
  return means;
}

/** Not instanceof: the table may come from the other build (ESM or CommonJS) of core. */
function isTable(background: Readonly<Record<string, number>> | Table): background is Table {
  return typeof background.numeric === 'function';
}
