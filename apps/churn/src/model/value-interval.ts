import type { StateReader } from '@churn/core';

/** The share of the rows whose value an interval is to hold. */
const COVERAGE = 0.9;

/** What is added to a predicted value for the ends of its interval. */
export type ValueInterval = {
  /** The share of rows of the same kind whose value lies in it, at least. */
  readonly coverage: number;
  readonly low: number;
  readonly high: number;
};

/**
 * The interval by the residuals of rows held out, at equal tails: split-conformal prediction (Lei, G'Sell, Rinaldo, Tibshirani and
 * Wasserman, "Distribution-free predictive inference for regression", 2018), with signed residuals, so that skewed values get a skewed
 * interval. Where the rows are too few for the coverage, it goes from the least residual to the largest.
 */
export function valueInterval(
  actual: Float64Array,
  predicted: ArrayLike<number>,
  coverage = COVERAGE,
): ValueInterval {
  const residuals = actual.map((value, row) => value - predicted[row]).sort();
  const n = residuals.length;
  // A product of decimals may be less than the whole number that it is.
  const below = Math.floor(((1 - coverage) / 2) * (n + 1) + 1e-9);
  const place = Math.max(0, below - 1);
  return { coverage, low: residuals[place], high: residuals[n - 1 - place] };
}

/** The share of rows whose value lies in the interval of its prediction. */
export function intervalCovers(
  { low, high }: Pick<ValueInterval, 'low' | 'high'>,
  actual: Float64Array,
  predicted: ArrayLike<number>,
): number {
  const held = actual.filter((value, row) => value >= predicted[row] + low && value <= predicted[row] + high);
  return held.length / actual.length;
}

/** @throws `model-file` where the state is not one of an interval. */
export function restoreInterval(state: StateReader): ValueInterval {
  const coverage = state.number('coverage', { from: 0, to: 1 });
  const low = state.number('low');
  return { coverage, low, high: state.number('high', { from: low }) };
}
