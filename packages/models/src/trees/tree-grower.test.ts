import { Random } from '@churn/core';
import fc from 'fast-check';
import { binCodes, binEdges, MISSING_BIN } from './bins.js';
import { type Criterion, purity, xLogX } from './criterion.js';
import { type GrownTree, LEAF, MAX_CLASSES, TreeGrower } from './tree-grower.js';

interface Problem {
  readonly columns: Float64Array[];
  readonly classes: Int32Array;
  readonly weights: Float64Array;
  readonly nClasses: number;
}

/** Few distinct values, missing values and weights, to cover all cases; `magnitudes` is the range of weights in powers of ten. */
function problemOf(seed: number, nClasses: number, magnitudes = 0): Problem {
  const random = new Random(seed);
  const nRows = 12 + random.int(30);
  const classes = Int32Array.from({ length: nRows }, () => random.int(nClasses));
  return {
    columns: Array.from({ length: 3 }, () =>
      Float64Array.from(classes, (code) =>
        random.uniform() < 0.15 ? NaN : Math.round(4 * (code + random.normal())) / 4,
      ),
    ),
    classes,
    weights: Float64Array.from(
      classes,
      () => random.int(4) * (magnitudes > 0 ? random.uniform() * 10 ** random.int(magnitudes) : 1),
    ),
    nClasses,
  };
}

function grow(
  { columns, classes, weights, nClasses }: Problem,
  criterion: Criterion,
  minSamplesLeaf: number,
) {
  const edges = binEdges(columns, 255);
  const codes = columns.map((column, j) => binCodes(column, edges[j]));
  const grower = new TreeGrower(
    { nRows: classes.length, target: { nClasses, classes }, codes, edges },
    { criterion, splitter: 'best', maxFeatures: 3, minSamplesSplit: 2, minSamplesLeaf },
  );
  return { tree: grower.grow([{ rowWeights: weights, seed: 1, maxDepth: 5 }])[0], codes, grower };
}

/** The rows in each node, by walking down the tree. */
function rowsOfNodes(tree: GrownTree, codes: readonly Uint8Array[], rows: number[]): number[][] {
  const of: number[][] = Array.from(tree.features, () => []);
  const lefts = new Int32Array(tree.features.length);
  let next = 1;
  tree.features.forEach((feature, node) => {
    if (feature === LEAF) return;
    lefts[node] = next;
    next += 2;
  });
  for (const row of rows) {
    let node = 0;
    of[0].push(row);
    while (tree.features[node] !== LEAF) {
      const code = codes[tree.features[node]][row];
      const left = code === MISSING_BIN ? tree.missingLeft[node] === 1 : code <= tree.bins[node];
      node = lefts[node] + (left ? 0 : 1);
      of[node].push(row);
    }
  }
  return of;
}

describe.each<[Criterion, number, number]>([
  ['gini', 2, 1],
  ['entropy', 2, 3],
  ['entropy', 3, 1],
  ['gini', 4, 2],
])('TreeGrower with %s, %i classes and leaves of %i rows', (criterion, nClasses, minSamplesLeaf) => {
  it.each([0, 18, 40])('finds the best split of each node, with weights over %i magnitudes', (magnitudes) => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = problemOf(seed, nClasses, magnitudes);
        const { classes, weights } = problem;
        const rows = Array.from(classes.keys()).filter((row) => weights[row] > 0);
        if (rows.length === 0) return;
        const { tree, codes } = grow(problem, criterion, minSamplesLeaf);
        const purityOf = (some: readonly number[]) => {
          const totals = new Float64Array(nClasses);
          for (const row of some) totals[classes[row]] += weights[row];
          return purity(criterion, totals);
        };
        const ofNodes = rowsOfNodes(tree, codes, rows);
        let left = 1;
        tree.features.forEach((feature, node) => {
          const totals = new Float64Array(nClasses);
          for (const row of ofNodes[node]) totals[classes[row]] += weights[row];
          const size = totals.reduce((sum, weight) => sum + weight, 0);
          totals.forEach((total, k) => {
            // Summed in another order.
            expect(Math.abs(tree.sums[node * nClasses + k] - total)).toBeLessThanOrEqual(1e-14 * total);
          });
          let best = -Infinity;
          for (const column of codes) {
            for (const bin of new Set(ofNodes[node].map((row) => column[row]))) {
              for (const missingLeft of [false, true]) {
                const goesLeft = (row: number) =>
                  column[row] === MISSING_BIN ? missingLeft : column[row] <= bin;
                const sides = [true, false].map((side) =>
                  ofNodes[node].filter((row) => goesLeft(row) === side),
                );
                if (sides.some((side) => side.length < minSamplesLeaf)) continue;
                best = Math.max(best, purityOf(sides[0]) + purityOf(sides[1]));
              }
            }
          }
          if (feature === LEAF) {
            const isPure = totals.filter((weight) => weight > 0).length === 1;
            expect(isPure || best === -Infinity || node >= tree.levelEnds[4]).toBe(true);
            return;
          }
          const received = purityOf(ofNodes[left]) + purityOf(ofNodes[left + 1]);
          expect(Math.min(ofNodes[left].length, ofNodes[left + 1].length)).toBeGreaterThanOrEqual(
            minSamplesLeaf,
          );
          expect(received).toBeGreaterThanOrEqual(best - 1e-9 * size);
          left += 2;
        });
      }),
      { numRuns: 60, examples: [[26]] },
    );
  });

  it('grows the same top of a tree for any maximum depth, in successive calls', () => {
    const { grower, tree } = grow(problemOf(5, nClasses), criterion, minSamplesLeaf);
    const { weights } = problemOf(5, nClasses);
    const shallow = grower.grow([{ rowWeights: weights, seed: 1, maxDepth: 2 }])[0];
    const end = tree.levelEnds[1];
    expect(shallow.features.subarray(0, end)).toEqual(tree.features.subarray(0, end));
    expect(shallow.levelEnds.slice(0, 3)).toEqual(tree.levelEnds.slice(0, 3));
    expect(grower.grow([{ rowWeights: weights, seed: 1, maxDepth: 5 }])[0]).toEqual(tree);
  });
});

it('grows the same trees in one thread and in several, also with fractional weights', () => {
  const random = new Random(11);
  const nRows = 10_000;
  const classes = Int32Array.from({ length: nRows }, () => random.int(2));
  const codes = Array.from({ length: 6 }, (_, j) =>
    Uint8Array.from(classes, (code) => 100 + Math.round(20 * (random.normal() + (j % 2) * code))),
  );
  const edges = codes.map(() => Float64Array.from({ length: 254 }, (_, i) => i));
  const data = { nRows, target: { nClasses: 2, classes }, codes, edges };
  const options = {
    criterion: 'gini',
    splitter: 'best',
    maxFeatures: 3,
    minSamplesSplit: 2,
    minSamplesLeaf: 1,
  } as const;
  const alone = new TreeGrower(data, options);
  const together = new TreeGrower(data, options, 3);
  expect([alone.nSlots, together.nSlots]).toEqual([1, 3]);
  for (let first = 0; first < 15; first += 3) {
    const starts = [0, 1, 2].map((i) => ({
      rowWeights: Float64Array.from(classes, () => random.int(3)),
      seed: first + i,
      maxDepth: Infinity,
    }));
    const trees = together.grow(starts);
    expect(trees.map(({ features }) => features.length > 1000)).toEqual([true, true, true]);
    starts.forEach((start, i) => {
      expect(alone.grow([start])[0]).toEqual(trees[i]);
      // Quarters are summed exactly as doubles, whereas integers are counted.
      const rowWeights = start.rowWeights.map((weight) => weight / 4);
      const quartered = alone.grow([{ ...start, rowWeights }])[0];
      expect({ ...quartered, sums: quartered.sums.map((weight) => 4 * weight) }).toEqual(trees[i]);
    });
  }
  together.close();
  alone.close();
});

it('rejects more classes than a byte can hold', () => {
  const data = {
    nRows: 1,
    target: { nClasses: MAX_CLASSES + 1, classes: Int32Array.of(0) },
    codes: [],
    edges: [],
  };
  const options = {
    criterion: 'gini',
    splitter: 'best',
    maxFeatures: 1,
    minSamplesSplit: 2,
    minSamplesLeaf: 1,
  } as const;
  expect(() => new TreeGrower(data, options)).toThrow('trees tell up to 256 classes apart, got 257');
});

describe('purity', () => {
  it('is minus the weighted impurity up to a constant, as computed by hand', () => {
    // 3 rows of one class and 1 of another: Gini 1 - 9/16 - 1/16 = 3/8, so 4 - 4 * 3/8 = 2.5.
    expect(purity('gini', Float64Array.of(3, 1))).toBe(2.5);
    expect(purity('entropy', Float64Array.of(3, 1))).toBeCloseTo(
      4 * (0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)),
      12,
    );
    expect(purity('entropy', Float64Array.of(2.5, 0))).toBe(0);
    expect(purity('gini', Float64Array.of(0, 0))).toBe(0);
    expect([xLogX(0), xLogX(1), xLogX(5000), xLogX(0.5)]).toEqual([
      0,
      0,
      5000 * Math.log(5000),
      0.5 * Math.log(0.5),
    ]);
  });
});
