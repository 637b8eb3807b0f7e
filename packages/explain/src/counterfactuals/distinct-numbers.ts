/** The distinct non-missing numbers, ascending. */
export function distinctNumbers(values: Float64Array): Float64Array {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  return known.filter((value, i) => i === 0 || value !== known[i - 1]);
}

/** The median absolute deviation from the median; if that is 0, the mean absolute deviation; and 1 if all numbers are equal. */
export function spreadOf(values: Float64Array): number {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return 1;
  const middle = median(known);
  const deviations = known.map((value) => Math.abs(value - middle)).sort();
  return median(deviations) || deviations.reduce((sum, each) => sum + each / deviations.length, 0) || 1;
}

/** @param sorted at least one number, ascending. */
function median(sorted: Float64Array): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : sorted[half - 1] / 2 + sorted[half] / 2;
}

/** At most `count` of the values, evenly spaced by index, including the first and the last. */
export function evenlySpaced(values: Float64Array, count: number): Float64Array {
  if (values.length <= count) return values;
  return Float64Array.from(
    { length: count },
    (_, i) => values[Math.round((i * (values.length - 1)) / (count - 1))],
  );
}
