import {
  type FittedClassifier,
  type FittedPipeline,
  isolateFaults,
  type RowFault,
  type Table,
} from '@churn/core';
import type { Explanation } from '../explanation/explain-row.js';
import type { Explainer } from '../explanation/explainer.js';

/** What a model says of the rows of a table that it can work with. */
export interface ScoredRows {
  /** These rows, as their places in the table. */
  readonly rows: Int32Array;
  /** Of each class, a number for each of these rows. */
  readonly probabilities: readonly Float64Array[];
  /** Of each of these rows; none without an explainer. */
  readonly explanations: readonly Explanation[];
  /** What is wrong with the others. */
  readonly faults: readonly RowFault[];
}

/** Scores, and with an explainer explains, the rows of a table. One that cannot be has a fault, and the others have not. */
export function scoreRows(
  model: FittedPipeline<FittedClassifier>,
  table: Table,
  explainer?: Explainer,
): ScoredRows {
  const { rows, result, faults } = isolateFaults(table, (part) => {
    const probabilities = model.predictProba(part);
    return { probabilities, explanations: explainer?.(part, probabilities) ?? [] };
  });
  return { rows, ...result, faults };
}
