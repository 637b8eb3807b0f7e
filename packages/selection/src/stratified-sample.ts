import {
  Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  parameter,
  Random,
  readOptions,
  required,
  requireParameter,
  type TargetLike,
  withDefault,
} from '@churn/core';
import { numericTarget, strataOf } from './splitters/strata.js';

const parameters = {
  /** The number of rows to draw. */
  size: required(parameter('a number of rows', isNumeric)),
  /** The random seed. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type StratifiedSampleOptions = OptionsOf<typeof parameters>;

function isNumeric(value: unknown): value is number {
  return typeof value === 'number';
}

/**
 * A stratified random sample of rows, without replacement: each class, tenth of `TargetValues` or kind of `Durations` (with or without
 * event) has its share to within one row. A class whose share is less than one row may be missing.
 *
 * ```ts
 * const rows = stratifiedSample(churned, { size: 100, seed: 42 });
 * ```
 *
 * @returns row indices in ascending order.
 * @throws `invalid-parameter` unless `size` is an integer from 0 to the number of rows.
 */
export function stratifiedSample(y: TargetLike, options: StratifiedSampleOptions): Int32Array {
  const { size, seed } = readOptions(parameters, options);
  const labels = strataOf(numericTarget(y) ?? Labels.from(y as LabelsLike));
  const n = labels.length;
  requireParameter(
    Number.isInteger(size) && size >= 0 && size <= n,
    'size',
    `an integer from 0 to ${n}, the number of rows`,
    size,
  );
  const groups = rowsByClass(labels);
  const isDrawn = draw(groups, shareOut(size, groups), new Random(seed).stream('stratifiedSample'));
  return Int32Array.from(isDrawn.keys()).filter((row) => isDrawn[row] === 1);
}

/** Draws this many rows of each group. @returns 1 for each row that is drawn, by row. */
export function draw(groups: readonly Int32Array[], sizes: readonly number[], random: Random): Uint8Array {
  const isDrawn = new Uint8Array(groups.reduce((n, rows) => n + rows.length, 0));
  groups.forEach((rows, group) => {
    for (const row of random.shuffle(rows).subarray(0, sizes[group])) isDrawn[row] = 1;
  });
  return isDrawn;
}

/** Shares `total` out in proportion to the rows of each group: the largest remainders get what rounding down leaves. */
export function shareOut(total: number, groups: readonly Int32Array[]): number[] {
  const all = groups.reduce((sum, rows) => sum + rows.length, 0);
  const exact = groups.map((rows) => (total * rows.length) / all);
  const shares = exact.map(Math.floor);
  const byRemainder = [...groups.keys()].sort(
    (a, b) => exact[b] - shares[b] - (exact[a] - shares[a]) || a - b,
  );
  let left = total - shares.reduce((sum, share) => sum + share, 0);
  for (const group of byRemainder) {
    if (left === 0) break;
    shares[group]++;
    left--;
  }
  return shares;
}

/** The rows of each class, in ascending order. */
export function rowsByClass(labels: Labels): Int32Array[] {
  const rows = labels.counts().map((count) => new Int32Array(count));
  const filled = rows.map(() => 0);
  labels.codes.forEach((code, row) => {
    rows[code][filled[code]++] = row;
  });
  return rows;
}
