import { type ColumnData, FittedPipeline, Random, StateReader, Table } from '@churn/core';
import fc from 'fast-check';
import { type EnsembleFeature, type EnsembleNode, LARGEST_ZERO, type Side } from './ensemble-node';
import { EnsembleTrees } from './ensemble-trees';
import type { ClassLink, RegressionLink } from './score-link';
import { TreeEnsemble, type TreeEnsembleParts } from './tree-ensemble';
import { TreeEnsembleClassifier } from './tree-ensemble-classifier';
import { TreeEnsembleRegressor } from './tree-ensemble-regressor';

const LEVELS = Array.from({ length: 300 }, (_, i) => `level ${i}`);
const FEATURES: EnsembleFeature[] = [
  { name: 'a' },
  { name: 'b', zeroIsMissing: true },
  { name: 'few', levels: LEVELS.slice(0, 3) },
  { name: 'many', levels: LEVELS },
];

/** A tree of random splits, with nodes listed as by another library. */
function randomTree(random: Random, nValues: number, depth: number, grain: number): EnsembleNode[] {
  const nodes: EnsembleNode[] = [];
  const side = (): Side => (random.uniform() < 0.5 ? 'left' : 'right');
  const grow = (left: number): number => {
    const at = nodes.length;
    nodes.push({
      kind: 'leaf',
      values: Array.from({ length: nValues }, () => random.normal()),
      cover: random.int(50),
    });
    if (left === 0 || random.uniform() < 0.1) return at;
    const feature = random.int(FEATURES.length);
    const { levels } = FEATURES[feature];
    const children = { right: grow(left - 1), left: grow(left - 1) };
    nodes[at] = levels
      ? {
          kind: 'category',
          feature,
          ...children,
          missing: side(),
          unseen: side(),
          levels: Array.from(levels.keys()).filter(() => random.uniform() < 0.5),
        }
      : {
          kind: 'number',
          feature,
          ...children,
          missing: side(),
          threshold: Math.round(random.normal() * grain) / grain,
        };
    return at;
  };
  grow(depth);
  return nodes;
}

function randomRows(random: Random, nRows: number): Table {
  const rows = Array.from({ length: nRows });
  const numbers = (): ColumnData =>
    Float64Array.from(rows, () => {
      const draw = random.uniform();
      if (draw < 0.1) return NaN;
      if (draw < 0.2) return draw < 0.15 ? 0 : LARGEST_ZERO;
      return Math.round(random.normal() * 20) / 20;
    });
  const levels = (n: number): ColumnData =>
    rows.map(() => {
      const draw = random.uniform();
      return draw < 0.1 ? null : draw < 0.2 ? 'never seen' : LEVELS[random.int(n)];
    });
  return Table.fromColumns({ a: numbers(), b: numbers(), few: levels(3), many: levels(300) });
}

interface Asked {
  readonly nScores?: number;
  readonly nValues?: number;
  readonly nTrees?: number;
  readonly depth?: number;
  readonly grain?: number;
}

function randomTrees(seed: number, asked: Asked = {}): EnsembleNode[][] {
  const { nScores = 1, nValues = nScores, nTrees = 4, depth = 4, grain = 10 } = asked;
  const random = new Random(seed);
  const n = nValues === nScores ? nTrees : nTrees * nScores;
  return Array.from({ length: n }, () => randomTree(random, nValues, depth, grain));
}

function ensembleOf(trees: EnsembleNode[][], more: Partial<TreeEnsembleParts> = {}): TreeEnsemble {
  const [leaf] = trees[0].filter((node) => node.kind === 'leaf');
  const nValues = leaf.kind === 'leaf' ? leaf.values.length : 0;
  const parts = { baseScores: [0.25], isMean: false, precision: 'double', ...more } as const;
  return new TreeEnsemble({ trees: EnsembleTrees.of(FEATURES, nValues, trees), ...parts });
}

/** The leaf that a row falls into, node by node. */
function leafOf(nodes: EnsembleNode[], x: Table, row: number) {
  const cells = x.row(row);
  let node = nodes[0];
  while (node.kind !== 'leaf') {
    const { name, levels, zeroIsMissing } = FEATURES[node.feature];
    const cell = cells[name];
    let goes: Side;
    if (node.kind === 'number') {
      const value = Number(cell ?? NaN);
      const isMissing = Number.isNaN(value) || (zeroIsMissing && Math.abs(value) <= LARGEST_ZERO);
      goes = isMissing ? node.missing : value <= node.threshold ? 'left' : 'right';
    } else {
      const code = levels?.indexOf(String(cell)) ?? -1;
      if (cell === null) goes = node.missing;
      else if (code < 0) goes = node.unseen;
      else goes = node.levels.includes(code) ? 'left' : 'right';
    }
    node = nodes[node[goes]];
  }
  return node;
}

const SIZES: [string, Asked][] = [
  ['few thresholds', {}],
  ['more thresholds than bins', { nTrees: 60, depth: 6, grain: 1e6 }],
  ['one score per tree', { nScores: 3, nValues: 1 }],
  ['one value per score', { nScores: 3 }],
  ['only leaves', { depth: 0 }],
];

describe.each(SIZES)('an ensemble of %s', (_, asked) => {
  const { nScores = 1, nValues = nScores } = asked;
  const baseScores = Array.from({ length: nScores }, (_, k) => k / 4);
  const trees = randomTrees(11, asked);
  const x = randomRows(new Random(12), 200);

  it.each([
    { precision: 'double', isMean: false },
    { precision: 'single', isMean: false },
    { precision: 'double', isMean: true },
    { precision: 'single', isMean: true },
  ] as const)('agrees with traversing its trees node by node: %o', ({ precision, isMean }) => {
    const rounded = precision === 'single' ? Math.fround : (value: number) => value;
    const scores = ensembleOf(trees, { baseScores, precision, isMean }).scores(x);
    const divisor = isMean ? trees.length / (nValues === nScores ? 1 : nScores) : 1;
    for (let row = 0; row < x.nRows; row++) {
      const expected = baseScores.map((base) => (precision === 'single' && !isMean ? base : 0));
      trees.forEach((nodes, t) => {
        leafOf(nodes, x, row).values.forEach((value, k) => {
          const score = nValues === nScores ? k : t % nScores;
          expected[score] = rounded(expected[score] + value);
        });
      });
      const isDone = precision === 'single' && !isMean;
      const final = expected.map((sum, k) =>
        isDone ? sum : rounded(rounded(sum / divisor) + baseScores[k]),
      );
      expect(scores.map((score) => score[row])).toEqual(final);
    }
  });

  it('has nodes that form the same trees', () => {
    const { trees: made } = ensembleOf(trees, { baseScores }).parts;
    const again = EnsembleTrees.of(
      FEATURES,
      nValues,
      trees.map((_, t) => made.nodesOf(t)),
    );
    expect(again.state).toEqual(made.state);
  });

  it('has attributions that add up to the scores', () => {
    const ensemble = ensembleOf(trees, { baseScores, isMean: true });
    const scores = ensemble.scores(x);
    ensemble.contributions(x).forEach(({ baseline, contributions }, k) => {
      scores[k].forEach((score, row) => {
        const sum = contributions.reduce((total, ofFeature) => total + ofFeature[row], baseline);
        expect(Math.abs(sum - score)).toBeLessThan(1e-9);
      });
    });
  });
});

it('has attributions that agree with the definition of Shapley values over all sets of features', () => {
  const x = randomRows(new Random(3), 8);
  for (const grain of [4, 1e6]) {
    const trees = randomTrees(9, { nTrees: grain > 10 ? 150 : 3, depth: 4, grain }).map((nodes) =>
      nodes.map((node) => (node.kind === 'leaf' ? { ...node, cover: 1 + (node.cover ?? 0) } : node)),
    );
    const [{ contributions }] = ensembleOf(trees).contributions(x);
    for (let row = 0; row < x.nRows; row++) {
      FEATURES.forEach((_, feature) => {
        expect(contributions[feature][row]).toBeCloseTo(shapley(trees, x, row, feature), 9);
      });
    }
  }
});

function shapley(trees: EnsembleNode[][], x: Table, row: number, feature: number): number {
  const orders = [6, 2, 2, 6].map((count) => count / 24);
  const others = [0, 1, 2, 3].filter((j) => j !== feature);
  let sum = 0;
  for (let mask = 0; mask < 8; mask++) {
    const known = others.filter((_, i) => mask & (1 << i));
    const change = meanOf(trees, x, row, [...known, feature]) - meanOf(trees, x, row, known);
    sum += orders[known.length] * change;
  }
  return sum;
}

/** The expected score of the trees if only some features are known, by the covers of leaves. */
function meanOf(trees: EnsembleNode[][], x: Table, row: number, known: number[]): number {
  return trees.reduce((sum, nodes) => {
    const coverOf = (node: EnsembleNode): number =>
      node.kind === 'leaf' ? (node.cover ?? 0) : coverOf(nodes[node.left]) + coverOf(nodes[node.right]);
    const meanBelow = (node: EnsembleNode): number => {
      if (node.kind === 'leaf') return node.values[0];
      const children = [nodes[node.left], nodes[node.right]];
      if (known.includes(node.feature)) {
        const leaves: EnsembleNode[] = children.map((_, i) => ({ kind: 'leaf', values: [i] }));
        const [taken] = leafOf([{ ...node, left: 1, right: 2 }, ...leaves], x, row).values;
        return meanBelow(children[taken]);
      }
      const [left, right] = children.map(coverOf);
      return (left * meanBelow(children[0]) + right * meanBelow(children[1])) / (left + right);
    };
    return sum + meanBelow(nodes[0]);
  }, 0);
}

const LINKS: [ClassLink, number][] = [
  ['logistic', 2],
  ['softmax', 3],
  ['oneVsRest', 3],
  ['shares', 2],
  ['shares', 3],
];

it.each(LINKS)(
  'predicts probabilities by the link %s for %i classes, and can be restored',
  (link, nClasses) => {
    const nScores = nClasses === 2 ? 1 : nClasses;
    const trees = randomTrees(5, { nScores, nValues: 1 });
    const ensemble = ensembleOf(trees, { baseScores: Array(nScores).fill(0), importances: [0.5, 0.5, 0, 0] });
    const model = new TreeEnsembleClassifier({
      classes: LEVELS.slice(0, nClasses),
      link,
      slope: 2,
      ensemble,
    });
    const x = randomRows(new Random(6), 50);
    const found = model.predictProba(x);
    expect(found).toHaveLength(nClasses);
    for (let row = 0; row < x.nRows; row++) {
      const scores = ensemble.scores(x).map((score) => 2 * score[row]);
      const sizes = {
        logistic: () => [1 / (1 + Math.exp(scores[0])), 1 / (1 + Math.exp(-scores[0]))],
        softmax: () => scores.map(Math.exp),
        oneVsRest: () => scores.map((score) => 1 / (1 + Math.exp(-score))),
        shares: () => {
          if (nScores > 1) return scores.map((score) => Math.max(0, score));
          const second = Math.min(1, Math.max(0, scores[0]));
          return [1 - second, second];
        },
      }[link]();
      const total = sizes.reduce((sum, size) => sum + size, 0);
      sizes.forEach((size, k) => {
        expect(found[k][row]).toBeCloseTo(total > 0 ? size / total : 1 / nClasses, 12);
      });
    }
    const pipeline = new FittedPipeline(model.schema, [], model);
    const saved = new StateReader('Pipeline', JSON.parse(JSON.stringify(pipeline.state)));
    const restored = FittedPipeline.restore(saved, [TreeEnsembleClassifier]) as typeof pipeline;
    expect(restored.predictProba(x)).toEqual(found);
    expect(restored.model.importances?.()).toEqual(Float64Array.of(0.5, 0.5, 0, 0));
    expect(restored.attributions?.(x)).toEqual(pipeline.attributions?.(x));
  },
);

const AMOUNTS: [RegressionLink, (score: number) => number][] = [
  ['identity', (score) => score],
  ['exp', Math.exp],
  ['logistic', (score) => 1 / (1 + Math.exp(-score))],
  ['square', (score) => Math.sign(score) * score * score],
  ['softplus', (score) => Math.log(1 + Math.exp(score))],
];

it.each(AMOUNTS)('predicts numbers by the link %s, and can be restored', (link, amountOf) => {
  const model = new TreeEnsembleRegressor({ link, ensemble: ensembleOf(randomTrees(8)) });
  const x = randomRows(new Random(6), 50);
  const found = model.predict(x);
  model.decisionFunction(x).forEach((score, row) => {
    expect(found[row]).toBeCloseTo(amountOf(score), 12);
  });
  const saved = new StateReader('model', JSON.parse(JSON.stringify(model.state)));
  expect(TreeEnsembleRegressor.restore(saved).predict(x)).toEqual(found);
  expect(model.attributions !== undefined).toBe(link === 'identity');
});

it('has no attributions if the weights of leaves are unknown', () => {
  const trees = randomTrees(8).map((nodes) => nodes.map((node) => ({ ...node, cover: undefined })));
  const model = new TreeEnsembleRegressor({ link: 'identity', ensemble: ensembleOf(trees) });
  expect(model.attributions).toBeUndefined();
  expect(model.importances).toBeUndefined();
});

const split = { kind: 'number', feature: 0, threshold: 1, left: 1, right: 2, missing: 'left' } as const;
const leaf = { kind: 'leaf', values: [1], cover: 1 } as const;

it.each<[string, EnsembleNode[]]>([
  ['no nodes', []],
  ['a missing child', [split, leaf]],
  ['a cycle', [{ ...split, right: 0 }, leaf]],
  ['a child with two parents', [{ ...split, right: 1 }, leaf]],
  ['a child before the first', [{ ...split, right: -1 }, leaf]],
  ['a child between two', [{ ...split, right: 0.5 }, leaf]],
  ['a missing feature', [{ ...split, feature: 4 }, leaf, leaf]],
  ['a category split as a number', [{ ...split, feature: 2 }, leaf, leaf]],
  ['a number split as a category', [{ ...split, kind: 'category', levels: [], unseen: 'left' }, leaf, leaf]],
  ['a threshold that is not a number', [{ ...split, threshold: NaN }, leaf, leaf]],
  ['a leaf value that is not a number', [{ ...leaf, values: [Infinity] }]],
  ['a leaf of two values', [{ ...leaf, values: [1, 2] }]],
  ['a weight below 0', [{ ...leaf, cover: -1 }]],
])('rejects %s', (_, nodes) => {
  expect(() => EnsembleTrees.of(FEATURES, 1, [nodes])).toThrow(
    expect.objectContaining({ code: 'model-file' }),
  );
});

it('rejects invalid states', () => {
  const trees = randomTrees(5, { nTrees: 2, depth: 2 });
  const ensemble = ensembleOf(trees, { importances: [0.5, 0.5, 0, 0] });
  const model = new TreeEnsembleClassifier({ classes: ['no', 'yes'], link: 'logistic', slope: 1, ensemble });
  const text = JSON.stringify(model.state);
  const x = randomRows(new Random(6), 20);
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.constantFrom('0', '9', '-', 'A', 'z', '/', '"', ' '),
      (at, by) => {
        let state: unknown;
        try {
          state = JSON.parse(`${text.slice(0, at)}${by}${text.slice(at + 1)}`);
        } catch {
          return;
        }
        try {
          const restored = TreeEnsembleClassifier.restore(new StateReader('model', state));
          restored.attributions?.(x);
          for (const p of restored.predictProba(x)[1]) expect(p >= 0 && p <= 1).toBe(true);
        } catch (error) {
          expect(['model-file', 'column-name', 'invalid-parameter']).toContain(
            (error as { code?: string }).code,
          );
        }
      },
    ),
    { numRuns: 300 },
  );
});
