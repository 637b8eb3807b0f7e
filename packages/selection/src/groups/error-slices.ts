import {
  ChurnError,
  integerParameter,
  isList,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  type Table,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { bootstrapInterval } from '../metrics/bootstrap-interval.js';
import { type TableLike, tableOf } from '../table-like.js';
import { conditionsText, rowTest, type SliceCondition } from './slice-condition.js';
import { bestSplit } from './slice-split.js';

const parameters = {
  /** The maximum number of conditions of a slice, at least 1. Default 3. */
  maxDepth: withDefault(integerParameter({ from: 1 }), 3),
  /** The minimum number of rows of a slice in the half that it is found on, at least 2. Default 50. */
  minRows: withDefault(integerParameter({ from: 2 }), 50),
  /** The maximum number of slices, at least 1: those with the highest losses. Default 5. */
  maxSlices: withDefault(integerParameter({ from: 1 }), 5),
  /** The number of bootstrap resamples for an interval, at least 1. Default 1000. */
  nResamples: withDefault(integerParameter({ from: 1 }), 1000),
  /** The confidence level of the intervals, between 0 and 1. Default 0.95. */
  confidenceLevel: withDefault(numberParameter({ above: 0, below: 1 }), 0.95),
  /** The seed of the halves and resamples. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type ErrorSlicesOptions = OptionsOf<typeof parameters>;

/** The mean loss of some rows. */
export interface SliceLoss {
  readonly rows: number;
  readonly meanLoss: number;
  readonly interval: readonly [low: number, high: number];
}

/** A slice of rows on which a model may have a higher loss than on others. */
export interface ErrorSlice extends SliceLoss {
  /** The conditions that all its rows meet. */
  readonly conditions: readonly SliceCondition[];
  /** The conditions in words, such as `Card_Category is Gold and Total_Trans_Ct <= 38`. */
  readonly text: string;
}

/** Slices of rows compared with all rows, measured on the half that they were not found on. */
export interface ErrorSlices {
  readonly overall: SliceLoss;
  /** Those of the highest losses first, as they were found. */
  readonly slices: readonly ErrorSlice[];
}

/** More rows do not find other slices. */
const MAX_FOUND_ON = 20_000;

/**
 * Error slices: groups of rows on which a model has a higher loss than on others. A small regression tree of the losses finds them on a
 * random half of the rows, and they are measured on the other half, so that slices found by chance do not show a high loss. If its
 * interval is above the overall loss, the model is worse on the slice.
 *
 * ```ts
 * const { overall, slices } = errorSlices(test, losses, { maxDepth: 2 });
 * slices[0]; // { text: 'Card_Category is Gold and Total_Trans_Ct <= 38', rows: 61, meanLoss: 0.9, interval: [0.6, 1.2], … }
 * ```
 *
 * Conditions compare a category with all others, or a number with a bound; missing values are a category of their own. Use rows that the
 * model was not fitted on.
 *
 * @param x the columns that may describe slices; they need not be those of the model.
 * @param losses one per row, such as its log loss or absolute error.
 * @throws `invalid-parameter` if an option or `x` is invalid; `invalid-data` unless there is one finite loss per row, and at least two
 * rows.
 */
export function errorSlices(
  x: TableLike,
  losses: ArrayLike<number>,
  options?: ErrorSlicesOptions,
): ErrorSlices {
  const { maxDepth, minRows, maxSlices, seed, ...resampling } = readOptions(parameters, options);
  const table = tableOf(x);
  const known = requireLosses(losses, table.nRows);
  const shuffled = new Random(seed).stream('errorSlices').permutation(table.nRows);
  const middle = shuffled.length >> 1;
  const foundOn = shuffled.slice(Math.max(0, middle - MAX_FOUND_ON), middle).sort();
  const measuredOn = shuffled.slice(middle).sort();
  const lossOf = (rows: Int32Array): SliceLoss => {
    const taken = TargetValues.from(Float64Array.from(rows, (row) => known[row]));
    const { estimate, low, high } = bootstrapInterval(meanOf, taken, taken.values, { ...resampling, seed });
    return { rows: rows.length, meanLoss: estimate, interval: [low, high] };
  };
  const slices = foundSlices(table, foundOn, known, { maxDepth, minRows })
    .slice(0, maxSlices)
    .map((conditions) => ({ conditions, rows: meeting(table, conditions, measuredOn) }))
    .filter(({ rows }) => rows.length > 0)
    .map(({ conditions, rows }) => ({ conditions, text: conditionsText(conditions), ...lossOf(rows) }));
  return { overall: lossOf(measuredOn), slices };
}

function requireLosses(losses: ArrayLike<number>, nRows: number): Float64Array {
  requireParameter(isList(losses), 'losses', 'one number per row', losses);
  const refuse = (expected: string, got: unknown) => {
    throw new ChurnError('invalid-data', `losses: expected ${expected}, got ${got}`);
  };
  if (nRows < 2) refuse('those of two or more rows', nRows);
  if (losses.length !== nRows) refuse(`one for each of ${nRows} rows`, losses.length);
  const row = Array.from(losses).findIndex((loss) => !Number.isFinite(loss));
  if (row >= 0) refuse(`a finite number in row ${row}`, losses[row]);
  return Float64Array.from(losses);
}

/** The conditions of the leaves of a tree that have more than the mean loss, those of the highest first. */
function foundSlices(
  x: Table,
  rows: Int32Array,
  losses: Float64Array,
  { maxDepth, minRows }: { readonly maxDepth: number; readonly minRows: number },
): (readonly SliceCondition[])[] {
  const leaves: { readonly conditions: readonly SliceCondition[]; readonly loss: number }[] = [];
  const grow = (of: Int32Array, conditions: readonly SliceCondition[]) => {
    const split = conditions.length < maxDepth ? bestSplit(x, of, losses, minRows) : undefined;
    if (!split) leaves.push({ conditions, loss: meanLoss(of, losses) });
    else
      for (const condition of [split.inside, split.outside])
        grow(meeting(x, [condition], of), [...conditions, condition]);
  };
  grow(rows, []);
  const overall = meanLoss(rows, losses);
  return leaves
    .filter(({ conditions, loss }) => conditions.length > 0 && loss > overall)
    .sort((a, b) => b.loss - a.loss)
    .map(({ conditions }) => conditions);
}

/** Those of the rows that meet all conditions. */
function meeting(x: Table, conditions: readonly SliceCondition[], rows: Int32Array): Int32Array {
  const tests = conditions.map((condition) => rowTest(condition, x.column(condition.column)));
  return rows.filter((row) => tests.every((test) => test(row)));
}

function meanLoss(rows: Int32Array, losses: Float64Array): number {
  return rows.reduce((sum, row) => sum + losses[row], 0) / rows.length;
}

function meanOf(_: unknown, losses: TargetValuesLike): number {
  const { values: taken } = TargetValues.from(losses);
  let sum = 0;
  for (let i = 0; i < taken.length; i++) sum += taken[i];
  return sum / taken.length;
}
