import { Random } from '@churn/core';
import { TreeGrower } from '../trees/tree-grower.js';
import { drawTree, inBag } from './draw-tree.js';

const N_ROWS = 500;
const random = new Random('drawn rows');
const codes = [0, 1].map(() => Uint8Array.from({ length: N_ROWS }, () => random.int(20)));
const data = {
  nRows: N_ROWS,
  target: { nClasses: 2, classes: Int32Array.from({ length: N_ROWS }, () => random.int(2)) },
  codes,
  edges: codes.map(() => Float64Array.from({ length: 19 }, (_, i) => i)),
};
const options = {
  criterion: 'gini',
  splitter: 'best',
  maxFeatures: 2,
  minSamplesSplit: 2,
  minSamplesLeaf: 1,
} as const;

it.each<[string, () => number]>([
  ['one each', () => 1],
  ['integers', () => 1 + random.int(3)],
  ['fractions', () => random.uniform()],
  ['some of them 0', () => (random.uniform() < 0.3 ? 0 : random.uniform())],
])('a tree grows on the rows of its bag, for weights of %s', (_, weight) => {
  const weights = Float64Array.from({ length: N_ROWS }, weight);
  const grower = new TreeGrower(data, options);
  for (let tree = 0; tree < 5; tree++) {
    const settings = { seed: 3, bootstrap: true };
    const { seed, random: draws } = drawTree(settings, tree);
    const drawn = inBag(settings, tree, weights);
    const nDrawn = drawn.reduce((n, inAll, row) => n + (inAll > 0 ? Math.round(inAll / weights[row]) : 0), 0);
    expect(nDrawn).toBe(weights.filter((one) => one > 0).length);
    const [grown] = grower.grow([{ rowWeights: weights, random: draws, seed, maxDepth: 9 }]);
    expect(grown).toEqual(grower.grow([{ rowWeights: drawn, seed, maxDepth: 9 }])[0]);
    expect(grown).not.toEqual(grower.grow([{ rowWeights: weights, seed, maxDepth: 9 }])[0]);
  }
  grower.close();
});

it('uses all rows unchanged without sampling', () => {
  const weights = Float64Array.of(1, 0, 2);
  expect(drawTree({ seed: 3, bootstrap: false }, 1).random).toBeUndefined();
  expect(inBag({ seed: 3, bootstrap: false }, 1, weights)).toBe(weights);
});
