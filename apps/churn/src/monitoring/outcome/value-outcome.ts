import { ChurnError, TargetValues } from '@churn/core';
import { meanAbsoluteError, r2, rootMeanSquaredError } from '@churn/selection';
import type { Outcome, OutcomeMetric } from './outcome.js';

/** Outcomes that are values. */
export function valueOutcome(column: string): Outcome {
  return {
    columns: [{ name: column, kind: 'numeric' }],
    read(table, where) {
      const values = table.numeric(column);
      const row = values.findIndex((value) => Math.abs(value) === Infinity);
      if (row < 0) return [values];
      throw new ChurnError('invalid-data', `${where(row)}: expected a finite ${column}, got ${values[row]}`);
    },
    since: (outcomes) => outcomes,
    target: ([values]) => TargetValues.from(values),
  };
}

/** The metrics of a regression model. */
export const valueMetrics: readonly OutcomeMetric[] = Object.entries({
  rootMeanSquaredError,
  meanAbsoluteError,
  r2,
}).map(([name, metric]) => ({
  name,
  measure: (y, [predicted]) => metric(y as TargetValues, predicted),
}));
