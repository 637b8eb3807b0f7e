import {
  ChurnError,
  integerParameter,
  isNumber,
  normalCdf,
  normalQuantile,
  type OptionsOf,
  oneOf,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

/** The distribution of the transformed values. */
export type OutputDistribution = 'uniform' | 'normal';

const parameters = {
  /** The columns to transform; default all numeric columns. */
  columns: columnNames(),
  /** The number of quantiles to learn, at least 2; at most the number of rows. Default 1000. */
  nQuantiles: withDefault(integerParameter({ from: 2 }), 1000),
  /** The distribution of the output: `'uniform'`, from 0 to 1, or `'normal'`. Default `'uniform'`. */
  outputDistribution: withDefault(oneOf<OutputDistribution>(['uniform', 'normal']), 'uniform'),
};

export type QuantileTransformerOptions = OptionsOf<typeof parameters>;

/**
 * Replaces each value by the share of values below it, so that any distribution becomes uniform, or normal.
 *
 * It interpolates between the learned quantiles; values beyond those of `fit` get the ends of the output range. Missing values are
 * ignored at `fit` and stay missing; a column without any value at `fit` is unchanged.
 *
 * ```ts
 * new QuantileTransformer({ outputDistribution: 'normal' }).fitTransform(train).output;
 * ```
 */
export class QuantileTransformer extends numericTransformer({
  type: 'QuantileTransformer',
  parameters,
  keeps: ['outputDistribution'],
  requires(x) {
    if (x.nRows > 0) return;
    throw new ChurnError('invalid-data', 'QuantileTransformer: the table has no rows');
  },
  learned: { quantiles: areQuantiles },
  learn(values, { nQuantiles }, { nRows }) {
    // The same number as in scikit-learn: by the rows of the table, including missing values.
    const count = Math.min(nQuantiles, nRows);
    const probabilities = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : i / (count - 1)));
    return { quantiles: quantiles(values, probabilities) };
  },
  apply: ({ quantiles: learned }, { outputDistribution }) => ({
    one: (value) => toOutput(value, learned, outputDistribution),
  }),
  invert: ({ quantiles: learned }, { outputDistribution }) => ({
    one: (value) => fromOutput(value, learned, outputDistribution),
  }),
}) {}

/** The quantiles that a `QuantileTransformer` has learned. */
export type FittedQuantileTransformer = FittedBy<typeof QuantileTransformer>;

/** The quantiles of each column at equal steps of probability from 0 to 1; `null` if it had no value. */
export type QuantileTransformerState = FittedQuantileTransformer['state'];

/** Shares nearer to 0 or 1 than this count as 0 or 1: their normal quantile would be extreme. */
const EDGE = 1e-7;
const LOWEST = /* @__PURE__ */ lowest();
const HIGHEST = /* @__PURE__ */ highest();

function toOutput(value: number, learned: readonly number[], output: OutputDistribution): number {
  if (Number.isNaN(value)) return NaN;
  const margin = output === 'normal' ? EDGE : 0;
  const last = learned.length - 1;
  // In this order, a constant column, which is at both ends, gets the lower one.
  if (isAtOrBelow(value - margin, learned[0], margin)) return output === 'normal' ? LOWEST : 0;
  if (isAtOrBelow(-value - margin, -learned[last], margin)) return output === 'normal' ? HIGHEST : 1;
  // A repeated value has a range of shares, of which this is the middle.
  const below = position(value, learned, false);
  const above = position(value, learned, true);
  const share = last > 0 ? (below + above) / 2 / last : 0;
  return output === 'normal' ? Math.min(Math.max(normalQuantile(share), LOWEST), HIGHEST) : share;
}

function fromOutput(value: number, learned: readonly number[], output: OutputDistribution): number {
  if (Number.isNaN(value)) return NaN;
  const share = output === 'normal' ? normalCdf(value) : value;
  const margin = output === 'normal' ? EDGE : 0;
  const last = learned.length - 1;
  if (last === 0 || isAtOrBelow(share - margin, 0, margin)) return learned[0];
  if (isAtOrBelow(-share - margin, -1, margin)) return learned[last];
  const at = share * last;
  const left = Math.min(Math.floor(at), last - 1);
  return between(learned[left], learned[left + 1], at - left);
}

/** The interpolation from `left` to `right` at `weight`, from 0 to 1. */
function between(left: number, right: number, weight: number): number {
  const step = right - left;
  return step < Infinity ? left + weight * step : (1 - weight) * left + weight * right;
}

/** With a margin, a value must be within it of the bound; without one, at the bound. */
function isAtOrBelow(value: number, bound: number, margin: number): boolean {
  return margin > 0 ? value < bound : value <= bound;
}

/** The position of `value` among ascending `learned` values, in steps; the first or the last of equal ones. */
function position(value: number, learned: readonly number[], last: boolean): number {
  let low = 0;
  let high = learned.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (last ? learned[middle] <= value : learned[middle] < value) low = middle + 1;
    else high = middle;
  }
  // `low` learned values are below `value` (or, with `last`, not above it).
  if (last) {
    if (low > 0 && learned[low - 1] === value) return low - 1;
  } else if (learned[low] === value) {
    return low;
  }
  const [left, right] = [learned[low - 1], learned[low]];
  const step = right - left;
  // Half of the distance is finite, even if the distance between opposite huge values overflows.
  return (
    low - 1 + (step < Infinity ? (value - left) / step : (value / 2 - left / 2) / (right / 2 - left / 2))
  );
}

function areQuantiles(value: unknown): value is readonly number[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item, i) => isNumber(item) && (i === 0 || item >= value[i - 1]))
  );
}

// Functions, since bundlers would keep sums passed as arguments, and what they are for.
function lowest(): number {
  return normalQuantile(EDGE - Number.EPSILON);
}

function highest(): number {
  return normalQuantile(1 - (EDGE - Number.EPSILON));
}
