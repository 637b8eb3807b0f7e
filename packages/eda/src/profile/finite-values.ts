import type { DistinctValues } from './distinct-values.js';

/** Distinct finite values in ascending order, with how many rows have each. */
export interface CountedValues {
  readonly values: Float64Array;
  readonly counts: Int32Array;
  /** The sum of `counts`. */
  readonly n: number;
}

/** The finite ones among distinct values. */
export function finiteValues({ values, counts }: Pick<DistinctValues, 'values' | 'counts'>): CountedValues {
  const start = values[0] === -Infinity ? 1 : 0;
  const end = values.length - (values[values.length - 1] === Infinity ? 1 : 0);
  const kept = counts.subarray(start, Math.max(start, end));
  let n = 0;
  for (let i = 0; i < kept.length; i++) n += kept[i];
  return { values: values.subarray(start, Math.max(start, end)), counts: kept, n };
}
