import {
  ChurnError,
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';
import { normalCdf, normalQuantile } from './statistics/normal-distribution.js';
import { quantiles } from './statistics/quantile.js';

const DISTRIBUTIONS = ['uniform', 'normal'] as const;

/** What the transformed values are distributed like. */
export type OutputDistribution = (typeof DISTRIBUTIONS)[number];

export interface QuantileTransformerOptions extends ColumnsOption {
  /** How many quantiles are learned, from 2; no more than there are rows. Default 1000. */
  readonly nQuantiles?: number;
  /** Default `'uniform'`: from 0 to 1. */
  readonly outputDistribution?: OutputDistribution;
}

/** The quantiles of each column at equal steps of probability from 0 to 1; `null` where it had no value. */
export type QuantileTransformerState = {
  readonly outputDistribution: OutputDistribution;
  readonly quantiles: Readonly<Record<string, readonly number[] | null>>;
};

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
export class QuantileTransformer implements Transformer<FittedQuantileTransformer> {
  readonly role = 'transformer';
  static readonly type = 'QuantileTransformer';
  readonly columns?: readonly string[];
  readonly nQuantiles: number;
  readonly outputDistribution: OutputDistribution;

  /**
   * @param options `columns`: the columns to transform; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({
    columns,
    nQuantiles = 1000,
    outputDistribution = 'uniform',
  }: QuantileTransformerOptions = {}) {
    const isCount = Number.isInteger(nQuantiles) && nQuantiles >= 2;
    requireParameter(isCount, 'nQuantiles', 'a whole number from 2', nQuantiles);
    const isKnown = DISTRIBUTIONS.includes(outputDistribution);
    requireParameter(
      isKnown,
      'outputDistribution',
      `one of ${JSON.stringify(DISTRIBUTIONS)}`,
      outputDistribution,
    );
    this.columns = chosenColumns(columns);
    this.nQuantiles = nQuantiles;
    this.outputDistribution = outputDistribution;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedQuantileTransformer {
    const learned = state.record('quantiles', isQuantilesOrNull);
    return new FittedQuantileTransformer({
      outputDistribution: state.oneOf('outputDistribution', DISTRIBUTIONS),
      quantiles: learned,
    });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedQuantileTransformer {
    if (x.nRows === 0)
      throw new ChurnError('invalid-data', 'QuantileTransformer: the table has no rows to learn from');
    // As many as scikit-learn takes: by the rows of the table, missing values included.
    const count = Math.min(this.nQuantiles, x.nRows);
    const probabilities = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : i / (count - 1)));
    return new FittedQuantileTransformer({
      outputDistribution: this.outputDistribution,
      quantiles: learnNumeric(x, this.columns, (values) => quantiles(values, probabilities)),
    });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The quantiles that a `QuantileTransformer` has learned. */
export class FittedQuantileTransformer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = QuantileTransformer.type;

  constructor(readonly state: QuantileTransformerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    const { outputDistribution } = this.state;
    return mapNumeric(x, this.state.quantiles, (values, learned) =>
      values.map((value) => toOutput(value, learned, outputDistribution)),
    );
  }

  /** Gives values of the columns back, by interpolation between the learned quantiles. */
  inverseTransform(x: Table): Table {
    const { outputDistribution } = this.state;
    return mapNumeric(x, this.state.quantiles, (values, learned) =>
      values.map((value) => fromOutput(value, learned, outputDistribution)),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const { outputDistribution } = this.state;
    return mapNumericRow(
      schema,
      this.state.quantiles,
      (learned) => (value) => toOutput(value, learned, outputDistribution),
    );
  }

  describe(): string {
    const { outputDistribution, quantiles: learned } = this.state;
    return `QuantileTransformer: ${outputDistribution}, columns ${nameList(Object.keys(learned))}`;
  }
}

/** Nearer to 0 or 1 than this, a share is taken for it: its normal quantile would be far out. */
const EDGE = 1e-7;
const LOWEST = normalQuantile(EDGE - Number.EPSILON);
const HIGHEST = normalQuantile(1 - (EDGE - Number.EPSILON));

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

function isQuantilesOrNull(value: unknown): value is number[] | null {
  if (value === null) return true;
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item, i) => isNumber(item) && (i === 0 || item >= value[i - 1]))
  );
}
