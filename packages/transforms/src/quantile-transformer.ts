import {
  ChurnError,
  isNumber,
  normalCdf,
  normalQuantile,
  type OptionsOf,
  oneOf,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { numericTransformer } from './numeric-transformer.js';
import { quantiles } from './statistics/quantile.js';
import type { FittedBy } from './transformer.js';

/** What the transformed values are distributed like. */
export type OutputDistribution = 'uniform' | 'normal';

const parameters = {
  /** The columns to transform; without it all numeric ones. */
  columns: columnNames(),
  /** How many quantiles are learned, from 2; no more than there are rows. Default 1000. */
  nQuantiles: withDefault(wholeNumberParameter({ from: 2 }), 1000),
  /** Default `'uniform'`: from 0 to 1. */
  outputDistribution: withDefault(oneOf<OutputDistribution>(['uniform', 'normal']), 'uniform'),
};

export type QuantileTransformerOptions = OptionsOf<typeof parameters>;

/**
 * Replaces each value by the share of values below it, so that whatever distribution a column had becomes uniform, or
 * normal.
 *
 * Between the learned quantiles it interpolates; values beyond those of `fit` get the ends of the output. Missing values
 * are passed over at `fit` and stay missing; a column without a value at `fit` stays as it is.
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
    throw new ChurnError('invalid-data', 'QuantileTransformer: the table has no rows to learn from');
  },
  learned: { quantiles: areQuantiles },
  learn(values, { nQuantiles }, { nRows }) {
    // As many as scikit-learn takes: by the rows of the table, missing values included.
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

/** The quantiles of each column at equal steps of probability from 0 to 1; `null` where it had no value. */
export type QuantileTransformerState = FittedQuantileTransformer['state'];

/** Nearer to 0 or 1 than this, a share is taken for it: its normal quantile would be far out. */
const EDGE = 1e-7;
const LOWEST = /* @__PURE__ */ lowest();
const HIGHEST = /* @__PURE__ */ highest();

function toOutput(value: number, learned: readonly number[], output: OutputDistribution): number {
  if (Number.isNaN(value)) return NaN;
  const margin = output === 'normal' ? EDGE : 0;
  const last = learned.length - 1;
  // In this order a constant column, at both ends at once, is at the lower.
  if (isAtOrBelow(value - margin, learned[0], margin)) return output === 'normal' ? LOWEST : 0;
  if (isAtOrBelow(-value - margin, -learned[last], margin)) return output === 'normal' ? HIGHEST : 1;
  // Where a value comes more than once it has a range of shares, of which this is the middle.
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

/** The value at `weight`, from 0 to 1, of the way from `left` to `right`. */
function between(left: number, right: number, weight: number): number {
  const step = right - left;
  return step < Infinity ? left + weight * step : (1 - weight) * left + weight * right;
}

/** With a margin a value must be within it of the bound, without one at it. */
function isAtOrBelow(value: number, bound: number, margin: number): boolean {
  return margin > 0 ? value < bound : value <= bound;
}

/** Where `value` lies among rising `learned` values, in steps; of equal ones the first or the last. */
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
  // Half of the way is a number, even where the way between opposite huge values is not.
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

// Functions, since bundlers would keep the sums that are their arguments, and what those are for.
function lowest(): number {
  return normalQuantile(EDGE - Number.EPSILON);
}

function highest(): number {
  return normalQuantile(1 - (EDGE - Number.EPSILON));
}
