/** The number of the level at each probability, for levels whose shares fill (0, 1) in their order. */
export function levelsAt(probabilities: Float64Array, shares: readonly number[]): Int32Array {
  const sum = shares.reduce((a, b) => a + b, 0);
  const last = shares.findLastIndex((share) => share > 0);
  return Int32Array.from(probabilities, (probability) => {
    let level = 0;
    let upTo = shares[0];
    while (level < last && probability * sum >= upTo) {
      level += 1;
      upTo += shares[level];
    }
    return level;
  });
}
