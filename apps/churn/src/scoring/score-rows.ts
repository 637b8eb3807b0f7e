import {
  type FittedClassifier,
  type FittedModel,
  type FittedPipeline,
  type FittedRegressor,
  isolateFaults,
  type RowFault,
  rowFaultError,
  type Table,
} from '@churn/core';
import type { RowExplanation } from '../explanation/explain-row.js';
import type { AnyExplainer } from '../explanation/explainer.js';

/** What a model says of the rows of a table that it can work with. */
export interface ScoredRows {
  /** These rows, as their places in the table. */
  readonly rows: Int32Array;
  /** For each of these rows its probability of each class, an array a class, or its value. */
  readonly predictions: readonly Float64Array[];
  /** Of each of these rows; none without an explainer. */
  readonly explanations: readonly RowExplanation[];
  /** What is wrong with the others. */
  readonly faults: readonly RowFault[];
}

/** Scores, and with an explainer explains, the rows of a table. One that cannot be has a fault, and the others have not. */
export function scoreRows(
  model: FittedPipeline<FittedModel>,
  table: Table,
  explainer?: AnyExplainer,
): ScoredRows {
  const { rows, result, faults } = isolateFaults(table, (part) => {
    const predictions = predictionsOf(model, part);
    return { predictions, explanations: explainer?.(part, predictions) ?? [] };
  });
  return { rows, ...result, faults };
}

/**
 * What a model predicts of rows: an array of probabilities a class, or one of values.
 * @throws `invalid-data` with a fault for each row of a value beyond all numbers; what the model throws.
 */
export function predictionsOf(model: FittedModel, x: Table): Float64Array[] {
  return model.role === 'regressor'
    ? [finite((model as FittedRegressor).predict(x))]
    : (model as FittedClassifier).predictProba(x);
}

/** @throws `invalid-data` with a fault for each row whose value is beyond all numbers. */
function finite(values: Float64Array): Float64Array {
  const faults = Array.from(values.keys())
    .filter((row) => !Number.isFinite(values[row]))
    .map((row) => ({ row, detail: `the model predicts ${values[row]}` }));
  if (faults.length > 0) throw rowFaultError(faults);
  return values;
}
