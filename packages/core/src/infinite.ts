/** Whether a number among `values` is infinite; `NaN` is not. */
export function hasInfinite(values: Float64Array): boolean {
  if (allFinite(values)) return false;
  let row = 0;
  while (row < values.length && Math.abs(values[row]) !== Infinity) row++;
  return row < values.length;
}

/** Whether all of `values` are finite numbers. */
export function allFinite(values: Float64Array): boolean {
  // A product with 0 is NaN unless the value is finite, and a sum needs no branch per value.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  // Four sums, since the additions of a single one would wait for each other.
  for (; i + 3 < values.length; i += 4) {
    a += 0 * values[i];
    b += 0 * values[i + 1];
    c += 0 * values[i + 2];
    d += 0 * values[i + 3];
  }
  for (; i < values.length; i++) a += 0 * values[i];
  return a + b + c + d === 0;
}
