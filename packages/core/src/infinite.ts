/** Whether a number among `values` is infinite; `NaN` is not. */
export function hasInfinite(values: Float64Array): boolean {
  if (allFinite(values)) return false;
  let row = 0;
  while (row < values.length && Math.abs(values[row]) !== Infinity) row++;
  return row < values.length;
}

/** Whether all of `values` are finite numbers. */
export function allFinite(values: Float64Array): boolean {
  // A product with 0 is NaN for what is not finite, and a sum needs no branch a value.
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * values[i];
  return sum === 0;
}
