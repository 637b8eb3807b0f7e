/**
 * The rows in ascending order of their values, in up to `most` bins of about as many rows, at least `fewest` in each; rows of equal values
 * are in one bin.
 */
export function equalCountBins(values: ArrayLike<number>, most: number, fewest: number): Uint32Array[] {
  const n = values.length;
  const rows = Uint32Array.from({ length: n }, (_, row) => row).sort(
    (a, b) => values[a] - values[b] || a - b,
  );
  const wanted = Math.max(1, Math.min(most, Math.floor(n / fewest)));
  const bins: Uint32Array[] = [];
  let start = 0;
  for (let part = 1; part <= wanted && start < n; part++) {
    let end = part === wanted ? n : Math.max(start + 1, Math.round((part * n) / wanted));
    while (end < n && values[rows[end]] === values[rows[end - 1]]) end++;
    bins.push(rows.subarray(start, end));
    start = end;
  }
  return bins;
}
