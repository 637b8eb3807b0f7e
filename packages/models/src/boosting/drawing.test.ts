import { Random, Table } from '@churn/core';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

const N = 600;
const random = new Random('drawing');
const columns = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name): [string, Float64Array] => [
  name,
  Float64Array.from({ length: N }, () => random.normal()),
]);
const x = Table.fromColumns(columns);
const y = columns[0][1].map((value, row) => Number(value + columns[1][1][row] + random.normal() > 0));
const noise = Float64Array.from({ length: N }, () => random.int(2));

const fit = (options: GradientBoostingOptions, labels = y) =>
  new GradientBoostingClassifier({ nEstimators: 20, learningRate: 0.1, randomStrength: 0, ...options }).fit(
    x,
    [...labels],
  );

/** The features used by the nodes of each tree. */
function featuresOfTrees(model: ReturnType<typeof fit>): Set<number>[] {
  const { columns: nodes, nodesPerTree } = model.boosted.trees.arrays;
  let start = 0;
  return Array.from(nodesPerTree, (nNodes) => {
    const tree = nodes.subarray(start, start + nNodes);
    start += nNodes;
    return new Set(
      Array.from(
        tree.filter((column) => column !== 0xffff),
        (column) => column % columns.length,
      ),
    );
  });
}

describe.each(['leaf', 'depth', 'symmetric'] as const)('trees that grow by %s', (growth) => {
  it.each<[string, GradientBoostingOptions]>([
    ['rows', { subsample: 0.5 }],
    ['features of a tree', { maxFeatures: 0.5 }],
    ['features of a node', { maxFeaturesPerNode: 0.5 }],
    ['noise', { randomStrength: 1 }],
    ['weights', { bootstrap: 'bayesian' }],
    ['weights to a power', { bootstrap: 'bayesian', baggingTemperature: 0.5 }],
  ])('sample %s by their seed', (_, options) => {
    const state = (more: GradientBoostingOptions) =>
      JSON.stringify(fit({ growth, ...options, ...more }).state);
    expect(state({}) === state({ seed: 0 })).toBe(true);
    expect(state({}) === state({ seed: 1 })).toBe(false);
    expect(state({}) === JSON.stringify(fit({ growth }).state)).toBe(false);
  });

  it('use only the sampled features, and others in other trees', () => {
    const trees = featuresOfTrees(fit({ growth, maxFeatures: 3 }));
    for (const features of trees) expect(features.size).toBeLessThanOrEqual(3);
    expect(new Set(trees.flatMap((features) => [...features])).size).toBe(columns.length);
  });

  it('have leaf values of all rows, whichever were sampled', () => {
    const { nodesPerTree, leafWeights, leafValues } = fit({
      growth,
      nEstimators: 1,
      subsample: 0.3,
      l2Regularization: 0,
    }).boosted.trees.arrays;
    expect(nodesPerTree[0]).toBeGreaterThan(3);
    expect(leafWeights.reduce((sum, weight) => sum + weight, 0)).toBe(N);
    // With the first gradients p - y and curvatures p (1 - p), the leaf values weighted by their rows cancel.
    const sum = leafValues.reduce((total, value, leaf) => total + value * leafWeights[leaf], 0);
    expect(sum).toBeCloseTo(0, 9);
  });

  it('shrink leaf values towards each other by pathSmoothing', () => {
    const spread = (pathSmoothing: number) => {
      const { leafValues } = fit({ growth, nEstimators: 1, pathSmoothing }).boosted.trees.arrays;
      return Math.max(...leafValues) - Math.min(...leafValues);
    };
    expect(spread(20)).toBeLessThan(spread(0));
    expect(spread(1e9)).toBeLessThan(1e-3);
  });

  it('have the smoothed values of the formula', () => {
    const one = { growth, nEstimators: 1, maxLeafNodes: 2, maxDepth: 1, l2Regularization: 0 } as const;
    const [plain, smoothed] = [fit(one), fit({ ...one, pathSmoothing: 50 })].map(
      (model) => model.boosted.trees.arrays,
    );
    // The root has a step of 0 from the initial scores.
    smoothed.leafValues.forEach((value, leaf) => {
      const weight = plain.leafWeights[leaf];
      expect(value).toBeCloseTo((weight * plain.leafValues[leaf]) / (weight + 50), 12);
    });
  });

  it('keep the curvature of leaves above minCurvature', () => {
    const { leafWeights } = fit({ growth, nEstimators: 1, minCurvature: 20, minSamplesLeaf: 1 }).boosted.trees
      .arrays;
    const share = y.reduce((sum, label) => sum + label, 0) / N;
    expect(leafWeights.length).toBeGreaterThan(2);
    expect(Math.min(...leafWeights) * share * (1 - share)).toBeGreaterThan(20 - 1e-6);
  });

  it('respect the groups of columns on each path', () => {
    const interactions = [
      ['a', 'b'],
      ['b', 'c', 'd'],
    ];
    const model = fit({ growth, interactions, maxDepth: 4 });
    const { columns: nodes, nodesPerTree } = model.boosted.trees.arrays;
    const groups = [...interactions, ['e', 'f', 'g', 'h', 'i']].map(
      (group) => new Set(group.map((name) => x.names.indexOf(name))),
    );
    let start = 0;
    let deepest = 0;
    for (const nNodes of nodesPerTree) {
      const paths = new Map<number, number[]>([[0, []]]);
      let nInner = 0;
      for (let node = 0; node < nNodes; node++) {
        const column = nodes[start + node];
        const path = paths.get(node) as number[];
        if (column === 0xffff) {
          deepest = Math.max(deepest, new Set(path).size);
          expect(groups.some((group) => path.every((feature) => group.has(feature)))).toBe(true);
          continue;
        }
        const longer = [...path, column % columns.length];
        paths.set(2 * nInner + 1, longer).set(2 * nInner + 2, longer);
        nInner++;
      }
      start += nNodes;
    }
    expect(deepest).toBeGreaterThan(1);
  });

  it('find nothing in noise, whatever is sampled', () => {
    const half = Array.from({ length: N / 2 }, (_, row) => row);
    const rest = half.map((row) => row + N / 2);
    const model = new GradientBoostingClassifier({
      growth,
      subsample: 0.7,
      maxFeaturesPerNode: 0.5,
      randomStrength: 1,
      bootstrap: 'bayesian',
    }).fit(x.take(half), [...noise.subarray(0, N / 2)]);
    const p = model.predictProba(x.take(rest))[1];
    let wins = 0;
    let pairs = 0;
    for (let i = 0; i < rest.length; i++) {
      for (let j = 0; j < rest.length; j++) {
        if (noise[rest[i]] <= noise[rest[j]]) continue;
        pairs++;
        wins += p[i] > p[j] ? 1 : p[i] === p[j] ? 0.5 : 0;
      }
    }
    expect(Math.abs(wins / pairs - 0.5)).toBeLessThan(0.1);
  });
});
