import type { Target } from '@churn/core';
import type { FigureInterval } from '@churn/monitor';
import { orNull } from '../../training/or-null.js';
import { resampledInterval } from '../../training/resamples.js';
import type { OutcomeMetric } from './outcome.js';

/** The metrics of predictions; `null` if one cannot be computed from the outcomes. */
export function knownFigures(
  metrics: readonly OutcomeMetric[],
  y: Target,
  predictions: readonly ArrayLike<number>[],
): Record<string, number | null> {
  const entries = metrics.map(({ name, measure }) => [name, orNull(() => measure(y, predictions))] as const);
  return Object.fromEntries(entries);
}

/** The metrics with 95% bootstrap intervals. */
export function figuresWithIntervals(
  metrics: readonly OutcomeMetric[],
  y: Target,
  predictions: readonly Float64Array[],
  options: { readonly seed: number; readonly nResamples: number },
): Record<string, FigureInterval> {
  const entries = metrics.map(({ name, measure }): [string, FigureInterval] => {
    const drawn = (of: Target, rows: ArrayLike<number>) =>
      measure(
        of,
        predictions.map((column) => Float64Array.from(rows, (row) => column[row])),
      );
    const value = orNull(() => measure(y, predictions));
    const interval = value === null ? null : orNull(() => resampledInterval(y, drawn, options));
    return [name, { value, lower: interval?.low ?? null, upper: interval?.high ?? null }];
  });
  return Object.fromEntries(entries);
}
