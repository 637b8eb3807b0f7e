import { type FittedClassifier, type FittedPipeline, seenValues, type Table } from '@churn/core';
import { explain } from '@churn/models';
import { type Explanation, reasonText } from './explain-row.js';

/**
 * Explains the rows of a table; what the model says of them is given where it is known.
 *
 * Throws `invalid-data` for rows whose contributions are too large to add up, with a fault for each that names its column.
 */
export type Explainer = (x: Table, probabilities?: readonly Float64Array[]) => Explanation[];

/**
 * Puts into words what `explain` finds: why a pipeline says what it says, by its raw columns.
 *
 * @param top how many reasons of a row are told; default all.
 */
export function createExplainer(model: FittedPipeline<FittedClassifier>, top?: number): Explainer {
  const averages = averagesOf(model);
  const seen = seenValues(model);
  return (x, probabilities) => {
    const { unit, rows } = explain(model, x, { probabilities });
    return rows.map(({ label, prediction, baseline, contributions }) => {
      const total = contributions.reduce((sum, { contribution }) => sum + Math.abs(contribution), 0);
      const reasons = contributions.slice(0, top).map(({ column, value, contribution }) => {
        const text = reasonText(column, value, {
          contribution,
          total,
          average: averages.get(column),
          seen: seen.get(column),
        });
        return { column, value, contribution, text };
      });
      return { label: String(label), probability: prediction, unit, baseline, reasons };
    });
  };
}

/** The means of numeric columns in training, as far as they are known. */
function averagesOf({ summary }: FittedPipeline<FittedClassifier>): Map<string, number> {
  const averages = new Map<string, number>();
  for (const column of summary?.columns ?? []) {
    if (column.kind === 'numeric' && column.mean !== null) averages.set(column.name, column.mean);
  }
  return averages;
}
