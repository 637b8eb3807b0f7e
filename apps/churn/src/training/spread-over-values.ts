import type { Amounts } from '@churn/core';
import { Random } from '@churn/core';
import type { StratifiedSampleOptions } from '@churn/selection';

/**
 * Rows drawn at random, without repetition, as many of each part of the range: of the rows in the order of their values, one of each of
 * `size` runs of nearly equal length.
 * @returns row numbers in ascending order.
 */
export function spreadOverValues({ values }: Amounts, { size, seed }: StratifiedSampleOptions): Int32Array {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a] - values[b] || a - b);
  const random = new Random(seed ?? 0).stream('spreadOverValues');
  const from = (run: number) => Math.floor((run * order.length) / size);
  return Int32Array.from({ length: size }, (_, run) => {
    const start = from(run);
    return order[start + random.int(from(run + 1) - start)];
  }).sort();
}
