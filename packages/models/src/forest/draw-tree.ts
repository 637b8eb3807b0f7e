import { Random } from '@churn/core';
import { weightedRows } from '../weighted-rows.js';
import type { ForestSettings } from './forest-parameters.js';

/** What tree number `tree` starts from: the seed of its nodes, and the weight of each row, times how often it was drawn. */
export function drawTree(
  { seed, bootstrap }: Pick<ForestSettings, 'seed' | 'bootstrap'>,
  tree: number,
  weights: Float64Array,
): { seed: number; inBag: Float64Array } {
  const random = new Random(seed, 'tree', tree);
  const nodeSeed = random.uint32();
  if (!bootstrap) return { seed: nodeSeed, inBag: weights };
  const inBag = new Float64Array(weights.length);
  // Rows without weight are not drawn, as if they were not there.
  const weighted = weightedRows(weights);
  const nWeighted = weighted?.length ?? weights.length;
  for (let i = 0; i < nWeighted; i++) {
    const drawn = Math.floor((random.uint32() / 2 ** 32) * nWeighted);
    const row = weighted ? weighted[drawn] : drawn;
    inBag[row] += weights[row];
  }
  return { seed: nodeSeed, inBag };
}
