import type { Amounts, FittedPipeline, FittedRegressor } from '@churn/core';
import { fourDigits, type RowExplorer } from '@churn/eda';
import { createValueExplainer } from '../explanation/explainer.js';
import type { LabelledRows } from '../training/dataset.js';
import { exploredRows, type Kind } from './explored-rows.js';

const ORDERS = [
  { label: 'furthest off', descending: true },
  { label: 'prediction, highest first', descending: true },
  { label: 'prediction, lowest first', descending: false },
] as const;

/** Test rows with amounts to look at one by one, by how far off their predictions are. */
export function exploredAmounts(
  pipeline: FittedPipeline<FittedRegressor>,
  predicted: Float64Array,
  { x, y: { values }, lines }: LabelledRows<Amounts>,
): RowExplorer {
  return exploredRows(amountKinds(values, predicted), {
    x,
    lines,
    said: (place) => `predicted ${fourDigits(predicted[place])}, is ${fourDigits(values[place])}`,
    orders: ORDERS,
    keys: (place) => [Math.abs(predicted[place] - values[place]), predicted[place], predicted[place]],
    explain: createValueExplainer(pipeline),
  });
}

/** Rows with amounts: those of which the model is furthest off on each side, and the closest ones. */
function amountKinds(actual: ArrayLike<number>, predicted: ArrayLike<number>): Kind[] {
  const error = (i: number) => predicted[i] - actual[i];
  const places = Array.from(predicted, (_, i) => i).sort((i, j) => error(j) - error(i));
  return [
    { kind: 'predicted too high', places: places.filter((i) => error(i) > 0) },
    { kind: 'predicted too low', places: places.filter((i) => error(i) < 0).reverse() },
    { kind: 'close', places: [...places].sort((i, j) => Math.abs(error(i)) - Math.abs(error(j))) },
  ];
}
