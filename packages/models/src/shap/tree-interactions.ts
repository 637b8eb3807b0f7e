import type { Attribution, Table } from '@churn/core';
import type { Binning } from '../trees/binning.js';
import { SET_WORDS } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';
import { gaussLegendre } from './gauss-legendre.js';
import { nPointsFor } from './shap-tree.js';
import { columnCodes, treeContributions } from './tree-contributions.js';
import { startsOf, type TreeNodes, treeNodes } from './tree-nodes.js';

/** The contributions of features to a sum of trees, alone and in pairs. */
export interface Interactions {
  readonly baseline: number;
  /** For each pair of features one number per row; those of a feature with itself are its main effect. */
  readonly pairs: readonly (readonly Float64Array[])[];
}

/**
 * The contributions of pairs of features to each of the sums of a list of trees: exact path-dependent SHAP interaction values (Lundberg et
 * al. 2020). An interaction is split equally between its two features; the rest of the SHAP value of a feature is its main effect.
 *
 * In the notation of `ShapTree`, the contribution of features f and g by a leaf is the integral over t from 0 to 1 of `(k - u)` of both,
 * times the product of `u (1 - t) + k t` of the others on its path: the second derivative of the multilinear extension, where Shapley
 * values use the first.
 */
export function treeInteractions(
  binning: Pick<Binning, 'codes'>,
  trees: TreeList,
  x: Table,
  nSums: number,
): Interactions[] {
  const { nOutputs } = trees.shape;
  const codes = columnCodes(binning.codes(x));
  const alone = treeContributions(binning, trees, x, nSums);
  const found = alone.map(({ contributions }) =>
    contributions.map((_, f) =>
      contributions.map((own, g) => (f === g ? own.slice() : new Float64Array(x.nRows))),
    ),
  );
  startsOf(trees).forEach((at, t) => {
    const nodes = treeNodes(trees, trees.arrays.nodesPerTree[t], at);
    const sums = nOutputs === 1 ? [found[t % nSums]] : found;
    for (let row = 0; row < x.nRows; row++) {
      const goesRight = (node: number) => isRight(trees, nodes, at.start, node, codes, row);
      followTree(nodes, goesRight, (path, node) => {
        const leaf = nOutputs * nodes.numbers[node];
        addPairs(path, (f, g, share) => {
          sums.forEach((pairs, k) => {
            const half = (share * trees.arrays.leafValues[leaf + k]) / 2;
            pairs[f][g][row] += half;
            pairs[g][f][row] += half;
            pairs[f][f][row] -= half;
            pairs[g][g][row] -= half;
          });
        });
      });
    }
  });
  return alone.map(({ baseline }: Attribution, k) => ({ baseline, pairs: found[k] }));
}

/** A feature on a path: the share `u` of the training rows that it passes if it is not known, and the `k` of the row. */
interface Passing {
  readonly feature: number;
  readonly unknown: number;
  readonly known: number;
}

function followTree(
  { features, lefts, covers }: TreeNodes,
  goesRight: (node: number) => boolean,
  atLeaf: (path: readonly Passing[], node: number) => void,
): void {
  const visit = (node: number, path: readonly Passing[]): void => {
    const feature = features[node];
    if (feature < 0) {
      atLeaf(path, node);
      return;
    }
    const before = path.find((each) => each.feature === feature) ?? { unknown: 1, known: 1 };
    const others = path.filter((each) => each.feature !== feature);
    const right = Number(goesRight(node));
    for (let side = 0; side < 2; side++) {
      const child = lefts[node] + side;
      const share = covers[node] > 0 ? covers[child] / covers[node] : 0.5;
      const known = side === right ? before.known : 0;
      visit(child, [...others, { feature, unknown: before.unknown * share, known }]);
    }
  };
  visit(0, []);
}

/** The contribution of each pair of features to the weight of a leaf. */
function addPairs(path: readonly Passing[], add: (f: number, g: number, share: number) => void): void {
  // If no rows pass, whether known or not, none reach the leaf.
  if (path.length < 2 || path.some(({ unknown, known }) => unknown === 0 && known === 0)) return;
  const { points, weights } = ruleOf(nPointsFor(path.length - 1));
  const factors = path.map(({ unknown, known }) => points.map((t) => unknown * (1 - t) + known * t));
  const products = weights.map((weight, q) =>
    factors.reduce((product, factor) => product * factor[q], weight),
  );
  for (let i = 0; i < path.length; i++) {
    for (let j = 0; j < i; j++) {
      let integral = 0;
      for (let q = 0; q < products.length; q++) integral += products[q] / (factors[i][q] * factors[j][q]);
      const change = (path[i].known - path[i].unknown) * (path[j].known - path[j].unknown);
      add(path[i].feature, path[j].feature, change * integral);
    }
  }
}

const rules = new Map<number, ReturnType<typeof gaussLegendre>>();

function ruleOf(nPoints: number) {
  const known = rules.get(nPoints) ?? gaussLegendre(nPoints);
  rules.set(nPoints, known);
  return known;
}

function isRight(
  { arrays: { columns, bins, sets }, shape: { nFeatures, isCategory } }: TreeList,
  { numbers }: TreeNodes,
  start: number,
  node: number,
  codes: readonly Uint8Array[],
  row: number,
): boolean {
  const column = columns[start + node];
  const code = codes[column][row];
  if (!isCategory?.(column % nFeatures)) return code > bins[start + node];
  return ((sets[SET_WORDS * numbers[node] + (code >> 5)] >>> (code & 31)) & 1) === 1;
}
