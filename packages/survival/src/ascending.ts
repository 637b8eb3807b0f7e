/** The positions of `values` in their ascending order; of equal ones the first comes first. */
export function ascending(values: ArrayLike<number>): Uint32Array {
  const order = Uint32Array.from(values, (_, position) => position);
  return order.sort((a, b) => values[a] - values[b] || a - b);
}
