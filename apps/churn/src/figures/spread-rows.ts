/** Up to `most` of `n` rows, evenly spread, since files may be sorted. */
export function spreadRows(n: number, most: number): number[] {
  const size = Math.min(n, most);
  return Array.from({ length: size }, (_, i) => Math.floor((i * n) / size));
}
