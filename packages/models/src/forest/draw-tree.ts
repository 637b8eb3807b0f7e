import { Random } from '@churn/core';
import { weightedRows } from '../weighted-rows.js';
import type { ForestSettings } from './forest-parameters.js';

/** The random state of tree number `tree`: the seed of its nodes and, if rows are drawn, the seed of its rows. */
export function drawTree(
  { seed, bootstrap }: Pick<ForestSettings, 'seed' | 'bootstrap'>,
  tree: number,
): { seed: number; random: Random | undefined } {
  const random = new Random(seed, 'tree', tree);
  return { seed: random.uint32(), random: bootstrap ? random : undefined };
}

/** The weight of each row in a tree, times how often it was drawn, as in wasm/growing/draw-rows.ts. */
export function inBag(
  options: Pick<ForestSettings, 'seed' | 'bootstrap'>,
  tree: number,
  weights: Float64Array,
): Float64Array {
  const { random } = drawTree(options, tree);
  if (!random) return weights;
  const drawn = new Float64Array(weights.length);
  // Rows of weight 0 are not drawn, as if they did not exist.
  const weighted = weightedRows(weights);
  const nWeighted = weighted?.length ?? weights.length;
  for (let i = 0; i < nWeighted; i++) {
    const place = Math.floor((random.uint32() / 2 ** 32) * nWeighted);
    const row = weighted ? weighted[place] : place;
    drawn[row] += weights[row];
  }
  return drawn;
}
