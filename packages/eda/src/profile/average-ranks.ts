/**
 * The rank, from 1 up, of each of distinct values in ascending order; a value that several rows have gets the mean of their
 * ranks, as `rank(method='average')` of pandas (Kendall, "The treatment of ties in ranking problems", 1945).
 *
 * @param counts how many rows have each value.
 */
export function averageRanks(counts: ArrayLike<number>): Float64Array {
  const ranks = new Float64Array(counts.length);
  let before = 0;
  for (let i = 0; i < counts.length; i++) {
    ranks[i] = before + (counts[i] + 1) / 2;
    before += counts[i];
  }
  return ranks;
}
