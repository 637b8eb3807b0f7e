import { integerParameter, numberParameter, type OptionsOf, parameter, withDefault } from '@churn/core';
import type { DecisionCosts } from '@churn/selection';
import type { FigureValues } from './cell-figures.js';
import type { FigureInterval, FigureName } from './performance-report.js';

export const performanceParameters = {
  /** The decision threshold for two classes. Default that of the reference, or 0.5. */
  threshold: numberParameter({ from: 0 }),
  /** The cost of each outcome for two classes; gains are negative. Without costs there is no profit. */
  costs: parameter<DecisionCosts>(
    'costs of falsePositive, falseNegative and optionally truePositive and trueNegative',
    isCosts,
  ),
  /** The confidence level of the intervals, between 0 and 1. Default 0.95. */
  confidenceLevel: withDefault(numberParameter({ above: 0, below: 1 }), 0.95),
  /** The number of resamples, at least 20. Default 400. */
  nResamples: withDefault(integerParameter({ from: 20 }), 400),
  /** The random seed. Default 0. */
  seed: withDefault(integerParameter(), 0),
};

export type PerformanceOptions = OptionsOf<typeof performanceParameters>;

const OUTCOMES = ['falsePositive', 'falseNegative', 'truePositive', 'trueNegative'];

function isCosts(value: unknown): value is DecisionCosts {
  if (typeof value !== 'object' || value === null) return false;
  const costs = value as Readonly<Record<string, unknown>>;
  const areKnown = Object.keys(costs).every((name) => OUTCOMES.includes(name));
  const areNumbers = Object.values(costs).every((cost) => cost === undefined || Number.isFinite(cost));
  return (
    areKnown && areNumbers && Number.isFinite(costs.falsePositive) && Number.isFinite(costs.falseNegative)
  );
}

/** Metrics that may exceed 1; only the profit may be negative. */
const UNBOUNDED: readonly FigureName[] = ['logLoss', 'profit'];

/**
 * The interval of each metric: the quantiles of the draws, shifted so that their median is the metric, since draws of few rows are biased.
 */
export function figureIntervals(
  values: FigureValues,
  draws: readonly FigureValues[],
  confidenceLevel: number,
): Record<FigureName, FigureInterval> {
  const names = Object.keys(values) as FigureName[];
  const entries = names.map((name): [FigureName, FigureInterval] => {
    const value = values[name];
    const drawn = draws.map((draw) => draw[name]).filter((each) => each !== null);
    if (value === null || drawn.length === 0) return [name, { value, lower: value, upper: value }];
    drawn.sort((a, b) => a - b);
    const at = (share: number) => drawn[Math.round(share * (drawn.length - 1))];
    const shift = value - at(0.5);
    const min = name === 'profit' ? -Infinity : 0;
    const max = UNBOUNDED.includes(name) ? Infinity : 1;
    const clipped = (each: number) => Math.min(Math.max(each + shift, min), max);
    const tail = (1 - confidenceLevel) / 2;
    return [name, { value, lower: clipped(at(tail)), upper: clipped(at(1 - tail)) }];
  });
  return Object.fromEntries(entries) as Record<FigureName, FigureInterval>;
}
