import { type ColumnData, Random, Table } from '@churn/core';
import fc from 'fast-check';
import reference from '../../test/reference/shap.json';
import ofClasses from '../../test/reference/shap_classes.json';
import type { FittedGradientBoosting } from '../boosting/fitted-gradient-boosting.js';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting.js';
import { DecisionTreeClassifier } from '../forest/decision-tree.js';
import { FittedForest } from '../forest/fitted-forest.js';
import type { FittedForestRegressor } from '../forest/fitted-forest-regressor.js';
import { RandomForestClassifier } from '../forest/random-forest.js';
import { RandomForestRegressor } from '../forest/random-forest-regressor.js';
import { Binning } from '../trees/binning.js';
import { LEAF_COLUMN } from '../trees/tree-arrays.js';
import { TreeList } from '../trees/tree-list.js';
import { treeShap } from './tree-shap.js';
import { treeShapInteractions } from './tree-shap-interactions.js';

type TreeModel = FittedForest | FittedForestRegressor | FittedGradientBoosting;

/** Rows with missing values, ties and a category column, of two or three classes. */
function rowsOf(seed: number, nClasses: number, withCategory: boolean) {
  const random = new Random(seed);
  const codes = Array.from({ length: 40 }, (_, row) => row % nClasses);
  const column = () =>
    Float64Array.from(codes, (code) =>
      random.uniform() < 0.1 ? NaN : Math.round(2 * (code + random.normal())),
    );
  const columns: Record<string, ColumnData> = { a: column(), b: column(), c: column() };
  if (withCategory)
    columns.level = codes.map((code) => (random.uniform() < 0.6 ? `l${code}` : `l${random.int(4)}`));
  return { x: Table.fromColumns(columns), y: codes };
}

function scoresOf(model: TreeModel, x: Table): Float64Array[] {
  if ('boosted' in model) return model.decisionFunction(x);
  if (model.role === 'regressor') return [model.predict(x)];
  const probabilities = model.predictProba(x);
  return probabilities.length === 2 ? [probabilities[1]] : probabilities;
}

const models: [string, (x: Table, y: number[]) => TreeModel, boolean][] = [
  ['a tree', (x, y) => new DecisionTreeClassifier({ maxDepth: 4 }).fit(x, y), false],
  ['a forest', (x, y) => new RandomForestClassifier({ nEstimators: 6 }).fit(x, y), false],
  [
    'a regression forest',
    (x, y) => new RandomForestRegressor({ nEstimators: 6, maxDepth: 5 }).fit(x, y),
    false,
  ],
  [
    'boosting',
    (x, y) => new GradientBoostingClassifier({ nEstimators: 4, minSamplesLeaf: 3 }).fit(x, y),
    true,
  ],
];

describe.each(models)('treeShap of %s', (_, fit, withCategory) => {
  it('adds up to the scores', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(2, 3), (seed, nClasses) => {
        const { x, y } = rowsOf(seed, nClasses, withCategory);
        const model = fit(x, y);
        const scores = scoresOf(model, x);
        const values = treeShap(model, x);
        expect(values).toHaveLength(scores.length);
        values.forEach(({ contributions, expectedValue }, k) => {
          scores[k].forEach((score, row) => {
            const sum = contributions.reduce((total, ofFeature) => total + ofFeature[row], expectedValue);
            expect(Math.abs(sum - score)).toBeLessThan(1e-9);
          });
        });
      }),
      { numRuns: 20 },
    );
  });

  it('agrees with the definition of Shapley values over all sets of features', () => {
    for (const seed of [1, 2, 3]) {
      const { x, y } = rowsOf(seed, 2, withCategory);
      const model = fit(x, y);
      const [{ contributions }] = treeShap(model, x);
      for (const row of [0, 7, 21]) {
        x.names.forEach((_name, feature) => {
          expect(contributions[feature][row]).toBeCloseTo(shapley(model, x, row, feature), 9);
        });
      }
    }
  });

  it('has interactions that agree with their definition and add up to the SHAP values', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(2, 3), (seed, nClasses) => {
        const { x, y } = rowsOf(seed, nClasses, withCategory);
        const model = fit(x, y);
        const values = treeShap(model, x);
        treeShapInteractions(model, x).forEach(({ interactions, expectedValue }, k) => {
          expect(expectedValue).toBe(values[k].expectedValue);
          interactions.forEach((ofFeature, f) => {
            ofFeature.forEach((pair, g) => {
              expect(pair).toEqual(interactions[g][f]);
            });
            values[k].contributions[f].forEach((value, row) => {
              expect(ofFeature.reduce((sum, pair) => sum + pair[row], 0)).toBeCloseTo(value, 9);
            });
          });
        });
      }),
      { numRuns: 10 },
    );
    const { x, y } = rowsOf(1, 2, withCategory);
    const model = fit(x, y);
    const [{ interactions }] = treeShapInteractions(model, x);
    for (const [f, g] of [
      [0, 1],
      [2, 0],
    ]) {
      for (const row of [0, 7, 21]) {
        expect(interactions[f][g][row]).toBeCloseTo(interaction(model, x, row, [f, g]), 9);
      }
    }
  });
});

it("agrees with the shap package for scikit-learn's tree with the same splits", () => {
  const x = Table.fromMatrix(reference.x);
  const { maxDepth, minSamplesLeaf } = reference;
  const model = new DecisionTreeClassifier({ maxDepth, minSamplesLeaf }).fit(x, reference.y);
  // The trees are the same, since each split is strictly the best.
  model.predictProba(x)[1].forEach((p, row) => {
    expect(Math.abs(p - reference.probabilities[row])).toBeLessThan(1e-12);
  });
  const [{ contributions, expectedValue }] = treeShap(model, x);
  expect(Math.abs(expectedValue - reference.expectedValue)).toBeLessThan(1e-6);
  contributions.forEach((values, feature) => {
    values.forEach((value, row) => {
      expect(Math.abs(value - reference.values[row][feature])).toBeLessThan(1e-6);
    });
  });
  const [{ interactions }] = treeShapInteractions(model, x);
  reference.interactions.forEach((ofRow, row) => {
    ofRow.flat().forEach((value, i) => {
      expect(Math.abs(interactions[Math.floor(i / 4)][i % 4][row] - value)).toBeLessThan(1e-6);
    });
  });
});

it('agrees with the shap package for a tree of three classes on weighted rows', () => {
  const { x: rows, y, weight, maxDepth, minSamplesLeaf, probabilities, expectedValues, values } = ofClasses;
  const x = Table.fromMatrix(rows);
  const model = new DecisionTreeClassifier({ maxDepth, minSamplesLeaf }).fit(x, y, { sampleWeight: weight });
  const asked = Table.fromMatrix(rows.slice(0, 80));
  model.predictProba(asked).forEach((p, k) => {
    p.forEach((value, row) => {
      expect(Math.abs(value - probabilities[k][row])).toBeLessThan(1e-9);
    });
  });
  const found = treeShap(model, asked);
  expect(found).toHaveLength(3);
  found.forEach(({ contributions, expectedValue }, k) => {
    expect(Math.abs(expectedValue - expectedValues[k])).toBeLessThan(1e-6);
    contributions.forEach((ofFeature, feature) => {
      ofFeature.forEach((value, row) => {
        expect(Math.abs(value - values[k][row][feature])).toBeLessThan(1e-6);
      });
    });
  });
});

/**
 * One column for each of the first `nColumns` rows, which singles it out: each split separates one row, so all features are on one path.
 */
function chain(nColumns: number) {
  const y = Array.from({ length: nColumns + 50 }, (_, row) => row % 2);
  const columns = Array.from(
    { length: nColumns },
    (_, j) => [`x${j}`, Float64Array.from(y, (_code, row) => Number(row === j))] as const,
  );
  const x = Table.fromColumns(columns);
  return { x, model: new DecisionTreeClassifier().fit(x, y) };
}

it.each([10, 60, 200])('adds up with %i features on a path', (nColumns) => {
  const { x, model } = chain(nColumns);
  const [, scores] = model.predictProba(x);
  const [{ contributions, expectedValue }] = treeShap(model, x);
  scores.forEach((score, row) => {
    const sum = contributions.reduce((total, ofFeature) => total + ofFeature[row], expectedValue);
    expect(Math.abs(sum - score)).toBeLessThan(1e-12);
  });
});

it('is finite if the weight of a leaf is negligible', () => {
  const { x, y } = rowsOf(1, 2, false);
  const model = new DecisionTreeClassifier().fit(x, y, {
    sampleWeight: y.map((_, row) => (row === 0 ? 1 : 1e-50)),
  });
  const { leafWeights } = model.forest.trees.arrays;
  expect(leafWeights.filter((weight) => weight === 0)).toHaveLength(leafWeights.length - 1);
  const [, scores] = model.predictProba(x);
  const [{ contributions, expectedValue }] = treeShap(model, x);
  scores.forEach((score, row) => {
    const sum = contributions.reduce((total, ofFeature) => total + ofFeature[row], expectedValue);
    expect(Math.abs(sum - score)).toBeLessThan(1e-9);
  });
});

it('supports a tree with more nodes than the maximum number of function arguments', () => {
  const random = new Random(3);
  const nNodes = 200_001;
  const trees = new TreeList(
    {
      columns: Uint16Array.from({ length: nNodes }, (_, node) => (node < (nNodes - 1) / 2 ? 0 : LEAF_COLUMN)),
      bins: new Uint8Array(nNodes),
      sets: new Int32Array(0),
      nodesPerTree: Int32Array.of(nNodes),
      leafValues: Float64Array.from({ length: (nNodes + 1) / 2 }, () => random.uniform()),
      leafWeights: new Float32Array((nNodes + 1) / 2).fill(1),
    },
    { nFeatures: 1, nOutputs: 1 },
  );
  const binning = new Binning([{ name: 'a', edges: Float64Array.of(0.5) }]);
  const forest = { classes: [0, 1], binning, trees, importances: [1], oobScore: null };
  const model = new FittedForest(DecisionTreeClassifier.type, forest);
  const x = Table.fromColumns({ a: [0, 1] });
  const [, scores] = model.predictProba(x);
  const [{ contributions, expectedValue }] = treeShap(model, x);
  scores.forEach((score, row) => {
    expect(Math.abs(contributions[0][row] + expectedValue - score)).toBeLessThan(1e-12);
  });
});

/** The mean, over all orders of features, of a feature's contribution given those before it. */
function shapley(model: TreeModel, x: Table, row: number, feature: number): number {
  const n = x.names.length;
  const others = x.names.map((_, j) => j).filter((j) => j !== feature);
  let sum = 0;
  for (let mask = 0; mask < 1 << others.length; mask++) {
    const known = new Set(others.filter((_, i) => mask & (1 << i)));
    const size = known.size;
    const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
    sum +=
      weight * (expectation(model, x, row, new Set([...known, feature])) - expectation(model, x, row, known));
  }
  return sum;
}

/** Half of the interaction of two features, by the definition. */
function interaction(model: TreeModel, x: Table, row: number, pair: readonly number[]): number {
  const n = x.names.length;
  const others = x.names.map((_, j) => j).filter((j) => !pair.includes(j));
  const [f, g] = pair;
  let sum = 0;
  for (let mask = 0; mask < 1 << others.length; mask++) {
    const known = others.filter((_, i) => mask & (1 << i));
    const weight = (factorial(known.length) * factorial(n - known.length - 2)) / (2 * factorial(n - 1));
    const of = (...more: number[]) => expectation(model, x, row, new Set([...known, ...more]));
    sum += weight * (of(f, g) - of(f) - of(g) + of());
  }
  return sum;
}

/** The expected prediction if only some features are known, by the shares of the training rows. */
function expectation(model: TreeModel, x: Table, row: number, known: ReadonlySet<number>): number {
  const { trees, binning } = 'forest' in model ? model.forest : model.boosted;
  const { columns, bins, sets, nodesPerTree, leafValues, leafWeights } = trees.arrays;
  const { nFeatures } = trees.shape;
  const codes = binning.codes(x).map((column) => column[row]);
  let [start, leaf, set, sum] = [0, 0, 0, 0];
  for (const nNodes of nodesPerTree) {
    const nodes = Array.from({ length: nNodes }, (_, node) => {
      const column = columns[start + node];
      if (column === 0xffff)
        return { weight: leafWeights[leaf], value: leafValues[leaf++], feature: -1, right: false };
      const feature = column % nFeatures;
      const code = codes[feature];
      if (binning.isCategory(feature)) {
        const right = ((sets[8 * set++ + (code >> 5)] >>> (code & 31)) & 1) === 1;
        return { feature, right, weight: 0, value: 0 };
      }
      const missingLeft = column >= nFeatures;
      const right = code === 255 ? !missingLeft : code > bins[start + node];
      return { feature, right, weight: 0, value: 0 };
    });
    let left = 1;
    const lefts = nodes.map(({ feature }) => {
      if (feature < 0) return 0;
      left += 2;
      return left - 2;
    });
    const weightOf = (node: number): number =>
      nodes[node].feature < 0 ? nodes[node].weight : weightOf(lefts[node]) + weightOf(lefts[node] + 1);
    const meanOf = (node: number): number => {
      const { feature, right, value } = nodes[node];
      if (feature < 0) return value;
      if (known.has(feature)) return meanOf(lefts[node] + Number(right));
      const [a, b] = [weightOf(lefts[node]), weightOf(lefts[node] + 1)];
      return (a * meanOf(lefts[node]) + b * meanOf(lefts[node] + 1)) / (a + b);
    };
    sum += meanOf(0);
    start += nNodes;
  }
  return 'forest' in model ? sum / nodesPerTree.length : sum;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}
