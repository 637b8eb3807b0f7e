import type { Random } from '@churn/core';

/** Sets of columns that keep the values of the explained row, with their weights in the regression. */
export interface Coalitions {
  /** One mask per set: 1 for each column in it. */
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
 * About `count` sets of `n` columns, with the weights of the Shapley kernel. All of the smallest sets, which have the largest weights, are
 * included with their complements as far as `count` allows; the others are sampled in pairs, by weight (Covert and Lee, "Improving
 * KernelSHAP", 2021).
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
  // The total weight of all sets of a size and their complements, up to a factor.
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

/** All sets of `size` of `n` columns; `undefined` if there are more than `max`. */
function subsets(n: number, size: number, max: number): number[][] | undefined {
  let sets: number[][] = [[]];
  for (let k = 0; k < size; k++) {
    sets = sets.flatMap((set) => {
      const from = set.length === 0 ? 0 : set[set.length - 1] + 1;
      return Array.from({ length: n - from }, (_, i) => [...set, from + i]);
    });
    // Up to half of the columns, the number of sets increases with their size.
    if (sets.length > max) return undefined;
  }
  return sets;
}
