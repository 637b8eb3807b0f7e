import { Random } from '@churn/core';
import fc from 'fast-check';
import { binCodes, binEdges, MISSING_BIN } from './bins.js';
import { type Criterion, purity } from './criterion.js';
import { LEAF, TreeGrower } from './tree-grower.js';

interface Problem {
  readonly codes: readonly Uint8Array[];
  readonly edges: readonly Float64Array[];
  readonly classes: Int32Array;
  readonly weights: Float64Array;
  readonly nClasses: number;
}

/** Few distinct values, missing values and weights, and a column that is constant except for missing values. */
function problemOf(seed: number, nClasses: number): Problem {
  const random = new Random(seed);
  const classes = Int32Array.from({ length: 12 + random.int(40) }, () => random.int(nClasses));
  const columns = [0.1, 0.3, 0].map((gaps) =>
    Float64Array.from(classes, (code) =>
      random.uniform() < gaps ? NaN : Math.round(4 * (code + random.normal())),
    ),
  );
  columns.push(Float64Array.from(classes, () => (random.uniform() < 0.3 ? NaN : 1)));
  const edges = binEdges(columns, 255);
  return {
    codes: columns.map((column, j) => binCodes(column, edges[j])),
    edges,
    classes,
    weights: Float64Array.from(classes, () => random.int(4)),
    nClasses,
  };
}

/** The finaliser of MurmurHash3, which nodes draw random numbers with. */
function spread(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const drawBelow = (drawn: number, n: number) => Math.floor((drawn / 2 ** 32) * n);

interface Options {
  readonly criterion: Criterion;
  readonly maxFeatures: number;
  readonly minSamplesLeaf: number;
}

interface OracleNode {
  readonly rows: readonly number[];
  readonly seed: number;
}

/** Grows a tree node by node with arrays of rows: a simple reference without histograms. */
function oracle(problem: Problem, seed: number, maxDepth: number, options: Options) {
  const { codes, classes, weights, nClasses } = problem;
  const purityOf = (rows: readonly number[]) => {
    const totals = new Float64Array(nClasses);
    for (const row of rows) totals[classes[row]] += weights[row];
    return purity(options.criterion, totals);
  };
  const splitOf = ({ rows, seed: ofNode }: OracleNode) => {
    const isPure = new Set(rows.map((row) => classes[row])).size === 1;
    if (isPure || rows.length < Math.max(2, 2 * options.minSamplesLeaf)) return undefined;
    const left = codes.map((_, j) => j);
    let state = ofNode;
    const draw = () => {
      state = (state + 0x6d2b79f5) >>> 0;
      return spread(state);
    };
    let best: { feature: number; bin: number; missingLeft?: boolean; purity: number } | undefined;
    let isVaried = false;
    for (let drawn = 0; left.length > 0 && !(isVaried && drawn >= options.maxFeatures); drawn++) {
      const at = drawBelow(draw(), left.length);
      const feature = left[at];
      // Fisher–Yates: the first feature not yet drawn takes the place of the drawn one.
      left[at] = left[0];
      left.shift();
      const bins = rows.map((row) => codes[feature][row]);
      if (new Set(bins).size === 1) continue;
      isVaried = true;
      const known = bins.filter((bin) => bin !== MISSING_BIN);
      const [least, greatest] = [Math.min(...known), Math.max(...known)];
      const bin = least + drawBelow(draw(), greatest - least);
      const sides = known.length === bins.length ? [undefined] : least === greatest ? [false] : [false, true];
      for (const missingLeft of sides) {
        const isLeft = (row: number) =>
          codes[feature][row] === MISSING_BIN ? missingLeft === true : codes[feature][row] <= bin;
        const [a, b] = [rows.filter(isLeft), rows.filter((row) => !isLeft(row))];
        if (Math.min(a.length, b.length) < options.minSamplesLeaf) continue;
        const sum = purityOf(a) + purityOf(b);
        if (!best || sum > best.purity) {
          const lastLeft = least === greatest ? MISSING_BIN - 1 : bin;
          best = { feature, bin: lastLeft, missingLeft, purity: sum };
        }
      }
    }
    return best;
  };
  const all = classes.map((_, row) => row).filter((row) => weights[row] > 0);
  const grown: { feature: number; bin: number; missingLeft?: boolean; rows: readonly number[] }[] = [];
  let level: OracleNode[] = [{ rows: [...all], seed }];
  for (let depth = 0; level.length > 0; depth++) {
    const next: OracleNode[] = [];
    for (const node of level) {
      const split = depth < maxDepth ? splitOf(node) : undefined;
      grown.push({ feature: LEAF, bin: 0, ...split, rows: node.rows });
      if (!split) continue;
      const isLeft = (row: number) => {
        const code = codes[split.feature][row];
        return code === MISSING_BIN ? split.missingLeft === true : code <= split.bin;
      };
      next.push(
        { rows: node.rows.filter(isLeft), seed: spread(node.seed + 0x9e3779b9) },
        { rows: node.rows.filter((row) => !isLeft(row)), seed: spread(node.seed + 0x3c6ef372) },
      );
    }
    level = next;
  }
  return grown;
}

function growerOf({ codes, edges, classes, nClasses }: Problem, options: Options): TreeGrower {
  return new TreeGrower(
    { nRows: classes.length, target: { nClasses, classes }, codes, edges },
    { splitter: 'random', minSamplesSplit: 2, ...options },
  );
}

it.each<[Criterion, number, number, number]>([
  ['gini', 2, 1, 1],
  ['gini', 2, 3, 2],
  ['entropy', 3, 2, 3],
  ['gini', 4, 4, 1],
])(
  'grows the same tree as the reference: %s, %i classes, %i features per node, leaves of %i rows',
  (...given) => {
    const [criterion, nClasses, maxFeatures, minSamplesLeaf] = given;
    const options = { criterion, maxFeatures, minSamplesLeaf };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = problemOf(seed, nClasses);
        if (!problem.weights.some((weight) => weight > 0)) return;
        const nodeSeed = spread(seed);
        const tree = growerOf(problem, options).grow([
          { rowWeights: problem.weights, seed: nodeSeed, maxDepth: 6 },
        ])[0];
        const expected = oracle(problem, nodeSeed, 6, options);
        expect([...tree.features]).toEqual(expected.map(({ feature }) => feature));
        expected.forEach(({ feature, bin, missingLeft, rows }, node) => {
          if (feature === LEAF) return;
          expect(tree.bins[node]).toBe(bin);
          if (missingLeft !== undefined) expect(tree.missingLeft[node] === 1).toBe(missingLeft);
          const total = rows.reduce((sum, row) => sum + problem.weights[row], 0);
          const { sums } = tree;
          expect(sums.subarray(node * nClasses, (node + 1) * nClasses).reduce((a, b) => a + b)).toBe(total);
        });
      }),
      { numRuns: 100 },
    );
  },
);

it('draws splits uniformly between the smallest and the largest value', () => {
  const values = Float64Array.from({ length: 66 }, (_, row) => row % 11);
  const edges = binEdges([values], 255)[0];
  const problem: Problem = {
    codes: [binCodes(values, edges)],
    edges: [edges],
    classes: Int32Array.from(values, (_, row) => row % 2),
    weights: new Float64Array(66).fill(1),
    nClasses: 2,
  };
  const grower = growerOf(problem, { criterion: 'gini', maxFeatures: 1, minSamplesLeaf: 1 });
  const random = new Random('cuts');
  const counts = new Float64Array(10);
  const nDraws = 5000;
  for (let i = 0; i < nDraws; i++)
    counts[grower.grow([{ rowWeights: problem.weights, seed: random.uint32(), maxDepth: 1 }])[0].bins[0]]++;
  const expected = nDraws / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // The 99.9 % quantile of chi-square with 9 degrees of freedom.
  expect(chiSquare).toBeLessThan(27.9);
});

it('keeps a split in a gap where it was drawn', () => {
  const values = Float64Array.from({ length: 40 }, (_, row) => row);
  const edges = binEdges([values], 255)[0];
  const problem: Problem = {
    codes: [binCodes(values, edges)],
    edges: [edges],
    classes: Int32Array.from(values, (value) => Number(value > 20)),
    // Only the smallest and the largest value are in the tree.
    weights: values.map((value) => Number(value === 0 || value === 39)),
    nClasses: 2,
  };
  const grower = growerOf(problem, { criterion: 'gini', maxFeatures: 1, minSamplesLeaf: 1 });
  const bins = Array.from(
    { length: 200 },
    (_, seed) => grower.grow([{ rowWeights: problem.weights, seed: spread(seed), maxDepth: 1 }])[0].bins[0],
  );
  expect(new Set(bins).size).toBeGreaterThan(30);
});
