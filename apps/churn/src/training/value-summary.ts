import type { TargetValues } from '@churn/core';

/** Summary statistics of a numeric target. */
export type ValueSummary = {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
};

/** @param target values the values of at least one row. */
export function valueSummary({ values }: TargetValues): ValueSummary {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value / n, 0);
  const variance = values.reduce((sum, value) => sum + ((value - mean) * (value - mean)) / n, 0);
  const sorted = values.slice().sort();
  const middle = (n - 1) / 2;
  return {
    mean,
    std: Math.sqrt(variance),
    min: sorted[0],
    median: (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2,
    max: sorted[n - 1],
  };
}
