import type { FittedPipeline, FittedRegressor, TargetValues } from '@churn/core';
import { fourDigits, type RowExplorer } from '@churn/eda';
import { createValueExplainer } from '../explanation/explainer.js';
import type { LabelledRows } from '../training/dataset.js';
import { exploredRows, type Kind } from './explored-rows.js';

const ORDERS = [
  { label: 'largest errors', descending: true },
  { label: 'prediction, highest first', descending: true },
  { label: 'prediction, lowest first', descending: false },
] as const;

/** Test rows of a regression model to explore one by one, by error. */
export function exploredValues(
  pipeline: FittedPipeline<FittedRegressor>,
  predicted: Float64Array,
  { x, y: { values }, lines }: LabelledRows<TargetValues>,
): RowExplorer {
  return exploredRows(valueKinds(values, predicted), {
    x,
    lines,
    said: (place) => `predicted ${fourDigits(predicted[place])}, is ${fourDigits(values[place])}`,
    orders: ORDERS,
    keys: (place) => [Math.abs(predicted[place] - values[place]), predicted[place], predicted[place]],
    explain: createValueExplainer(pipeline),
  });
}

/** Rows with the largest errors in each direction, and with the smallest. */
function valueKinds(actual: ArrayLike<number>, predicted: ArrayLike<number>): Kind[] {
  const error = (i: number) => predicted[i] - actual[i];
  const places = Array.from(predicted, (_, i) => i).sort((i, j) => error(j) - error(i));
  return [
    { kind: 'predicted too high', places: places.filter((i) => error(i) > 0) },
    { kind: 'predicted too low', places: places.filter((i) => error(i) < 0).reverse() },
    { kind: 'close', places: [...places].sort((i, j) => Math.abs(error(i)) - Math.abs(error(j))) },
  ];
}
