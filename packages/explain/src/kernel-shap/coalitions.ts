import type { Random } from '@churn/core';

/** Sets of columns whose values are those of the row, and how much each counts in the regression. */
export interface Coalitions {
  /** A mask per set: 1 for each column in it. */
  readonly masks: readonly Uint8Array[];
  readonly weights: readonly number[];
}

/** All sets of `n` columns: column j is in set i where bit j of i is 1. */
export function allCoalitions(n: number): Uint8Array[] {
  return Array.from({ length: 1 << n }, (_, set) =>
    Uint8Array.from({ length: n }, (_, j) => (set >>> j) & 1),
  );
}

/**
 * Up to about `count` sets of `n` columns, of the weights of the Shapley kernel. Those of the fewest columns, which weigh the most, are all
 * there, each beside its complement, as far as they go into `count`; of the others pairs are drawn by their weights (Covert and Lee,
 * "Improving KernelSHAP", 2021).
 */
export function someCoalitions(n: number, count: number, random: Random): Coalitions {
  const masks: Uint8Array[] = [];
  const weights: number[] = [];
  const add = (columns: readonly number[], weight: number) => {
    const mask = new Uint8Array(n);
    for (const j of columns) mask[j] = 1;
    masks.push(
      mask,
      mask.map((each) => 1 - each),
    );
    weights.push(weight, weight);
  };
  // What all sets of a size and their complements weigh together, up to a factor.
  const shares = Array.from(
    { length: n >> 1 },
    (_, i) => (i + 1 === n - i - 1 ? 1 : 2) / ((i + 1) * (n - i - 1)),
  );
  let size = 1;
  for (; size < n - size; size++) {
    const sets = subsets(n, size, (count - masks.length) / 2);
    if (!sets) break;
    for (const set of sets) add(set, shares[size - 1] / (2 * sets.length));
  }
  const left = shares.slice(size - 1);
  const total = left.reduce((sum, share) => sum + share, 0);
  const nPairs = Math.floor((count - masks.length) / 2);
  for (let pair = 0; pair < nPairs && total > 0; pair++) {
    let place = random.uniform() * total;
    let chosen = 0;
    while (chosen < left.length - 1 && place >= left[chosen]) place -= left[chosen++];
    add(Array.from(random.permutation(n).subarray(0, size + chosen)), total / (2 * nPairs));
  }
  return { masks, weights };
}

/** All sets of so many of `n` columns; `undefined` if there are more than `most`. */
function subsets(n: number, size: number, most: number): number[][] | undefined {
  let sets: number[][] = [[]];
  for (let k = 0; k < size; k++) {
    sets = sets.flatMap((set) => {
      const from = set.length === 0 ? 0 : set[set.length - 1] + 1;
      return Array.from({ length: n - from }, (_, i) => [...set, from + i]);
    });
    // Of no more than half of the columns there are the more sets, the larger they are.
    if (sets.length > most) return undefined;
  }
  return sets;
}
