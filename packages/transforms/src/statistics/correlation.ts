import { mean } from '@churn/core';
import { binaryUnit } from './binary-unit.js';

/**
 * The Pearson correlation of two columns of equal length, over the rows where neither is missing. `null` if there are fewer than two, or
 * one column is constant in them up to rounding.
 *
 * Deviations from the means are multiplied in a second pass, in units of the largest value, so that squares neither overflow nor vanish.
 */
export function correlation(a: Float64Array, b: Float64Array): number | null {
  const isComplete = (_: number, row: number) => !Number.isNaN(a[row]) && !Number.isNaN(b[row]);
  const u = deviations(a.filter(isComplete));
  const v = deviations(b.filter(isComplete));
  if (u === null || v === null) return null;
  let uu = 0;
  let vv = 0;
  let uv = 0;
  for (let row = 0; row < u.length; row++) {
    uu += u[row] * u[row];
    vv += v[row] * v[row];
    uv += u[row] * v[row];
  }
  return Math.max(-1, Math.min(1, uv / Math.sqrt(uu * vv)));
}

/** Deviations from the mean, the largest between 1 and 2; `null` if they are rounding errors only. */
function deviations(values: Float64Array): Float64Array | null {
  const center = mean(values);
  const tolerance = values.length * Number.EPSILON * Math.abs(center);
  const result = values.map((value) => value - center);
  if (values.length < 2 || result.every((deviation) => Math.abs(deviation) <= tolerance)) return null;
  const perUnit = 1 / binaryUnit(result);
  return result.map((deviation) => deviation * perUnit);
}
