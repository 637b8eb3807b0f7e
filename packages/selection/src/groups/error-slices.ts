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
  /** The most conditions of a slice, from 1. Default 3. */
  maxDepth: withDefault(integerParameter({ from: 1 }), 3),
  /** The fewest rows of a slice among those that it is found on, from 2. Default 50. */
  minRows: withDefault(integerParameter({ from: 2 }), 50),
  /** The most slices, from 1: those of the highest losses. Default 5. */
  maxSlices: withDefault(integerParameter({ from: 1 }), 5),
  /** How often rows are resampled for an interval, from 1. Default 1000. */
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

/** Rows of which a model may be further off than of others. */
export interface ErrorSlice extends SliceLoss {
  /** All that its rows have in common. */
  readonly conditions: readonly SliceCondition[];
  /** The conditions in words, such as `Card_Category is Gold and Total_Trans_Ct <= 38`. */
  readonly text: string;
}

/** Slices of rows beside all rows, measured on the half that they were not found on. */
export interface ErrorSlices {
  readonly overall: SliceLoss;
  /** Those of the highest losses first, as they were found. */
  readonly slices: readonly ErrorSlice[];
}

/** More rows do not find other slices. */
const MOST_FOUND_ON = 20_000;

/**
 * Where a model is worst: slices of rows with a higher loss than others. A small regression tree of the losses finds them on one half of
 * the rows, drawn at random, and they are measured on the other, so that a slice of high losses by chance does not show a high loss.
 * Where its interval lies above the loss of all rows, the model is worse there.
 *
 * ```ts
 * const { overall, slices } = errorSlices(test, losses, { maxDepth: 2 });
 * slices[0]; // { text: 'Card_Category is Gold and Total_Trans_Ct <= 38', rows: 61, meanLoss: 0.9, interval: [0.6, 1.2], … }
 * ```
 *
 * A category is told apart from all others, a number by a bound, and a missing value is one of its own. Use rows that the model has not
 * seen.
 *
 * @param x what may describe the rows; the columns need not be those that the model takes.
 * @param losses one per row, such as its log loss or absolute error.
 * @throws `invalid-parameter` if an option or `x` is not what it must be; `invalid-data` if there is not a finite loss for each row, or
 * there are fewer than two rows.
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
  const foundOn = shuffled.slice(Math.max(0, middle - MOST_FOUND_ON), middle).sort();
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
  if (nRows < 2) refuse('those of two rows or more', nRows);
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
