import { Random } from '@churn/core';
import fc from 'fast-check';
import { binCodes, binEdges, MISSING_BIN } from './bins.js';
import type { RegressionCriterion } from './criterion.js';
import { RegressionStatistics } from './regression-statistics.js';
import { type GrownTree, LEAF, type Splitter, TreeGrower } from './tree-grower.js';

interface Problem {
  readonly codes: readonly Uint8Array[];
  readonly edges: readonly Float64Array[];
  readonly amounts: Float64Array;
  readonly weights: Float64Array;
}

/** Few distinct values, some missing; integer target values and weights of at least 0. */
function problemOf(seed: number): Problem {
  const random = new Random(seed);
  const amounts = Float64Array.from({ length: 12 + random.int(40) }, () => random.int(6));
  const columns = [0.15, 0.3, 0].map((gaps) =>
    Float64Array.from(amounts, (amount) =>
      random.uniform() < gaps ? NaN : Math.round(amount + 2 * random.normal()),
    ),
  );
  const edges = binEdges(columns, 255);
  return {
    codes: columns.map((column, j) => binCodes(column, edges[j])),
    edges,
    amounts,
    weights: amounts.map(() => random.int(4)),
  };
}

function grow(
  { codes, edges, amounts, weights }: Problem,
  criterion: RegressionCriterion,
  minSamplesLeaf: number,
  splitter: Splitter = 'best',
): GrownTree {
  const grower = new TreeGrower(
    { nRows: amounts.length, target: { amounts }, codes, edges },
    { criterion, splitter, maxFeatures: 3, minSamplesSplit: 2, minSamplesLeaf },
  );
  return grower.grow([{ rowWeights: weights, seed: 1, maxDepth: 6 }])[0];
}

/** The rows in each node and its left child, by walking down the tree. */
function nodesOf(tree: GrownTree, codes: readonly Uint8Array[], rows: readonly number[]) {
  const ofNode: number[][] = Array.from(tree.features, () => []);
  const lefts = new Int32Array(tree.features.length);
  let next = 1;
  ofNode[0].push(...rows);
  tree.features.forEach((feature, node) => {
    if (feature === LEAF) return;
    lefts[node] = next;
    for (const row of ofNode[node]) {
      const code = codes[feature][row];
      const isLeft = code === MISSING_BIN ? tree.missingLeft[node] === 1 : code <= tree.bins[node];
      ofNode[next + (isLeft ? 0 : 1)].push(row);
    }
    next += 2;
  });
  return { ofNode, lefts };
}

const sumOver = (rows: readonly number[], value: (row: number) => number) =>
  rows.reduce((sum, row) => sum + value(row), 0);

/** The squared error, or half the Poisson deviance, of target values from their mean, computed row by row. */
function errorOf(
  criterion: RegressionCriterion,
  { amounts, weights }: Problem,
  rows: readonly number[],
): number {
  const mean = sumOver(rows, (row) => weights[row] * amounts[row]) / sumOver(rows, (row) => weights[row]);
  return sumOver(rows, (row) => {
    const amount = amounts[row];
    if (criterion === 'squaredError') return weights[row] * (amount - mean) ** 2;
    return amount === 0 ? 0 : weights[row] * amount * Math.log(amount / mean);
  });
}

const criteria: [RegressionCriterion, number][] = [
  ['squaredError', 1],
  ['squaredError', 4],
  ['poisson', 1],
  ['poisson', 3],
];

describe.each(criteria)('by %s, with leaves of %i rows', (criterion, minSamplesLeaf) => {
  it('each node has the sums of its rows and the best possible split', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const problem = problemOf(seed);
        const { codes, amounts, weights } = problem;
        const rows = Array.from(amounts.keys()).filter((row) => weights[row] > 0);
        if (rows.length === 0) return;
        const tree = grow(problem, criterion, minSamplesLeaf);
        const statistics = new RegressionStatistics({ unit: 1, centre: 0 }, criterion);
        const { ofNode, lefts } = nodesOf(tree, codes, rows);
        tree.features.forEach((feature, node) => {
          const here = ofNode[node];
          expect([...tree.sums.subarray(2 * node, 2 * node + 2)]).toEqual([
            sumOver(here, (row) => weights[row]),
            sumOver(here, (row) => weights[row] * amounts[row]),
          ]);
          let least = Infinity;
          for (const column of codes) {
            for (const bin of new Set(here.map((row) => column[row]))) {
              for (const missingLeft of [false, true]) {
                const goesLeft = (row: number) =>
                  column[row] === MISSING_BIN ? missingLeft : column[row] <= bin;
                const sides = [true, false].map((side) => here.filter((row) => goesLeft(row) === side));
                if (sides.some((side) => side.length < minSamplesLeaf)) continue;
                const isZero = (side: readonly number[]) => side.every((row) => amounts[row] === 0);
                if (criterion === 'poisson' && sides.some(isZero)) continue;
                least = Math.min(
                  least,
                  sumOver([0, 1], (side) => errorOf(criterion, problem, sides[side])),
                );
              }
            }
          }
          const isPure = new Set(here.map((row) => amounts[row])).size === 1;
          if (feature === LEAF) {
            const isDeepest = tree.levelEnds.length === 7 && node >= tree.levelEnds[5];
            expect(isPure || least === Infinity || isDeepest).toBe(true);
            return;
          }
          expect(isPure).toBe(false);
          const left = lefts[node];
          const sides = [ofNode[left], ofNode[left + 1]];
          for (const side of sides) expect(side.length).toBeGreaterThanOrEqual(minSamplesLeaf);
          const received = sumOver([0, 1], (side) => errorOf(criterion, problem, sides[side]));
          expect(received).toBeLessThanOrEqual(least + 1e-9);
          const gain = errorOf(criterion, problem, here) - received;
          expect(statistics.gain(tree.sums, 2 * node, 2 * left)).toBeCloseTo(gain, 9);
        });
      }),
      { numRuns: 100 },
    );
  });

  it.each<Splitter>(['best', 'random'])(
    'integer weights and multiples of a quarter grow the same tree, with %s splits',
    (splitter) => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const problem = problemOf(seed);
          if (problem.weights.every((weight) => weight === 0)) return;
          const counted = grow(problem, criterion, minSamplesLeaf, splitter);
          const quarters = problem.weights.map((weight) => weight / 4);
          const { sums, ...quartered } = grow(
            { ...problem, weights: quarters },
            criterion,
            minSamplesLeaf,
            splitter,
          );
          expect({ ...quartered, sums: sums.map((sum) => 4 * sum) }).toEqual(counted);
        }),
        { numRuns: 100 },
      );
    },
  );
});

it('sums of targets beyond the precision of doubles are exact', () => {
  // Each is odd, and the sum of two exceeds 2^53.
  const amounts = Float64Array.of(2 ** 52 + 1, 2 ** 52 + 3, -(2 ** 53) + 1, 2 ** 52 - 1);
  const codes = [Uint8Array.of(0, 1, 2, 3)];
  const edges = [Float64Array.of(0.5, 1.5, 2.5)];
  const tree = grow({ codes, edges, amounts, weights: new Float64Array(4).fill(3) }, 'squaredError', 1);
  expect(tree.sums[1]).toBe(3 * (2 ** 52 + 4));
});
