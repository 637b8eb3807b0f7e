/** Sums of weights by rank that change: a Fenwick tree (Fenwick, 1994), with O(log n) per change and per sum. */
export class WeightsByRank {
  readonly #sums: Float64Array;
  /** The sum of all weights. */
  total = 0;

  constructor(nRanks: number) {
    this.#sums = new Float64Array(nRanks + 1);
  }

  add(rank: number, weight: number): void {
    this.total += weight;
    for (let i = rank + 1; i < this.#sums.length; i += i & -i) this.#sums[i] += weight;
  }

  /** The sum of the weights of the ranks below `rank`, and half of those of `rank`: what lies lower where equals count half. */
  belowAndHalf(rank: number): number {
    const below = this.#below(rank);
    return below + (this.#below(rank + 1) - below) / 2;
  }

  #below(rank: number): number {
    let sum = 0;
    for (let i = rank; i > 0; i -= i & -i) sum += this.#sums[i];
    return sum;
  }
}
