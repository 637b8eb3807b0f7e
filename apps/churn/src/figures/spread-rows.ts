/** Up to `most` rows of `n`, evenly spread: a file may be in an order that means something. */
export function spreadRows(n: number, most: number): number[] {
  const size = Math.min(n, most);
  return Array.from({ length: size }, (_, i) => Math.floor((i * n) / size));
}
