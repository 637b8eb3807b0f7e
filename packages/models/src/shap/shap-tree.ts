import { SET_WORDS } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';
import { gaussLegendre, type Quadrature } from './gauss-legendre.js';
import type { ShapArrays, ShapEngine } from './shap-engine.js';
import { type TreeStart, treeNodes } from './tree-nodes.js';

/** The maximum number of splits of a unit. More splits mean more states; fewer mean more units. */
const UNIT_SPLITS = 7;

/**
 * One tree, prepared for computing the contributions of features to its value.
 *
 * A feature f on the path to a leaf passes the share `u` of the training rows if it is not known, and the share `k` = 1 or 0 of a row if it
 * is known. If each feature is known with probability t, the expected weight of the leaf is the product of `u (1 - t) + k t` over all
 * features on its path; the Shapley value of f is the integral over t from 0 to 1 of `(k - u)` times the product of the others (Owen,
 * "Multilinear extensions of games", 1972). This is a polynomial of t, so the integral is computed exactly from a few points, and since no
 * term is negative, nothing cancels, even on long paths. (The recursion of Lundberg et al. 2020, algorithm 2, loses all digits with about
 * 50 features on a path.)
 *
 * The tree is divided into units, each a node with at most `UNIT_SPLITS` splits below it. The contributions to the leaves of a unit depend
 * on the `k` of the features on the path to it and within it. These are the same for many rows, so each such state is computed once for all
 * of its rows. (Yang, "Fast TreeSHAP", 2021, stores all states of a leaf; here only those that occur are computed.)
 */
export class ShapTree {
  /** The mean of the tree over its training rows, one per output. */
  readonly expectedValues: Float64Array;
  /** The maximum number of features on a path. */
  readonly longest: number;
  /** The maximum number of edges on a path. */
  readonly depth: number;
  readonly #list: TreeList;
  readonly #at: TreeStart;
  /** The feature of each node, or the one it is computed from; -1 for a leaf. */
  readonly #features: Int32Array;
  /** The left child of each node; the right one is the next. */
  readonly #lefts: Int32Array;
  readonly #parents: Int32Array;
  /** The set of each node that splits a category column, and the number of each leaf, in the list. */
  readonly #numbers: Int32Array;
  /** For each node, the previous node on the path below a split by the same feature, or 0. */
  readonly #before: Int32Array;
  /** `u` of the feature of the split above each node, over all its splits on the path. */
  readonly #unknown: Float64Array;
  /** The number of edges to each node. */
  readonly #levels: Int32Array;
  /** The number of splits below each node, and the maximum number of features on a path through it. */
  readonly #splits: Int32Array;
  readonly #longest: Int32Array;
  /** The edge of the current unit to each node, or -1. */
  readonly #edges: Int32Array;

  constructor(list: TreeList, nNodes: number, at: TreeStart) {
    this.#list = list;
    this.#at = at;
    const { features, lefts, parents, numbers, covers } = treeNodes(list, nNodes, at);
    this.#features = features;
    this.#lefts = lefts;
    this.#parents = parents;
    this.#numbers = numbers;
    this.#before = new Int32Array(nNodes);
    this.#unknown = new Float64Array(nNodes).fill(1);
    this.#levels = new Int32Array(nNodes);
    this.#splits = new Int32Array(nNodes);
    this.#longest = new Int32Array(nNodes);
    this.#edges = new Int32Array(nNodes).fill(-1);
    this.#followPaths(covers);
    this.longest = this.#longest[0];
    this.depth = this.#levels.reduce((most, level) => Math.max(most, level), 0);
    this.expectedValues = this.#expectedValues(covers);
  }

  /** The sizes that an engine needs for this tree. */
  get sizes() {
    const nInUnit = 2 * Math.min(UNIT_SPLITS, this.#splits[0]);
    return {
      nFlags: this.depth + nInUnit,
      nEdges: this.longest + nInUnit,
      nNodes: nInUnit + 1,
      nPoints: nPointsFor(this.longest),
    };
  }

  /** Adds the contributions of the features to the values of the tree, for the rows of an engine. */
  explain(engine: ShapEngine, arrays: ShapArrays, nPoints: number): void {
    const { nFeatures, sources } = this.#list.shape;
    const slotOf = new Int32Array(sources?.count ?? nFeatures).fill(-1);
    const open = [0];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node > 0) {
        const before = this.#before[node];
        const earlier = before > 0 ? this.#levels[before] - 1 : -1;
        this.#pass(engine, arrays, node, earlier, this.#levels[node] - 1);
      }
      if (this.#splits[node] <= UNIT_SPLITS) this.#explainUnit(engine, arrays, nPoints, node, slotOf);
      else open.push(this.#lefts[node] + 1, this.#lefts[node]);
    }
  }

  /** Flags the rows that pass the split above a node. */
  #pass(engine: ShapEngine, arrays: ShapArrays, node: number, earlier: number, to: number): void {
    const { columns, bins, sets } = this.#list.arrays;
    const { nFeatures, isCategory } = this.#list.shape;
    const parent = this.#parents[node];
    const at = this.#at.start + parent;
    const isRight = node !== this.#lefts[parent];
    if (isCategory?.(columns[at] % nFeatures)) {
      const set = SET_WORDS * this.#numbers[parent];
      arrays.set.set(sets.subarray(set, set + SET_WORDS));
      engine.passBySet(columns[at], isRight, earlier, to);
    } else engine.pass(columns[at], bins[at], isRight, earlier, to);
  }

  #explainUnit(
    engine: ShapEngine,
    arrays: ShapArrays,
    nPoints: number,
    root: number,
    slotOf: Int32Array,
  ): void {
    const { leafValues } = this.#list.arrays;
    const { nOutputs } = this.#list.shape;
    const pointCount = nPointsFor(this.#longest[root]);
    const quadrature = quadratureOf(pointCount);
    let onPath = 0;
    // The last edge of each feature on the path to the unit.
    for (let node = root; node > 0; node = this.#parents[node]) {
      const feature = this.#features[this.#parents[node]];
      if (slotOf[feature] >= 0) continue;
      const edge = onPath++;
      slotOf[feature] = edge;
      arrays.targets[edge] = feature;
      arrays.slots[edge] = edge;
      arrays.flagsOf[edge] = this.#levels[node] - 1;
      arrays.before[edge] = -1;
      weighEdge(arrays, nPoints, edge, quadrature, this.#unknown[node], 1);
    }
    let slotCount = onPath;
    const nodes = [root];
    const edges = this.#edges;
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      const isLeaf = this.#features[node] < 0;
      arrays.lefts[i] = isLeaf ? 0 : nodes.length;
      if (isLeaf) {
        const leaf = nOutputs * this.#numbers[node];
        for (let k = 0; k < nOutputs; k++) arrays.values[nOutputs * i + k] = leafValues[leaf + k];
      } else nodes.push(this.#lefts[node], this.#lefts[node] + 1);
      if (i === 0) continue;
      const edge = onPath + i - 1;
      edges[node] = edge;
      const before = this.#before[node];
      const feature = this.#features[this.#parents[node]];
      const earlier = before === 0 ? -1 : edges[before] >= 0 ? edges[before] : slotOf[feature];
      if (slotOf[feature] < 0) {
        arrays.targets[slotCount] = feature;
        slotOf[feature] = slotCount++;
      }
      arrays.slots[edge] = slotOf[feature];
      arrays.before[edge] = earlier;
      arrays.flagsOf[edge] = this.#levels[root] + i - 1;
      weighEdge(arrays, nPoints, edge, quadrature, this.#unknown[node], this.#unknown[before]);
      // The rows that pass to a leaf on the right follow from those that pass to the left.
      if (isLeaf && i % 2 === 0) continue;
      this.#pass(engine, arrays, node, earlier < 0 ? -1 : arrays.flagsOf[earlier], arrays.flagsOf[edge]);
    }
    arrays.otherWeights.set(quadrature.others);
    engine.explain({ onPath, nodeCount: nodes.length, pointCount, slotCount });
    for (let slot = 0; slot < slotCount; slot++) slotOf[arrays.targets[slot]] = -1;
  }

  /** Tracks each feature along all paths. */
  #followPaths(covers: Float64Array): void {
    const nNodes = covers.length;
    for (let node = 1; node < nNodes; node++) {
      const parent = this.#parents[node];
      const feature = this.#features[parent];
      let before = parent;
      while (before > 0 && this.#features[this.#parents[before]] !== feature) before = this.#parents[before];
      this.#before[node] = before;
      this.#levels[node] = this.#levels[parent] + 1;
      this.#longest[node] = this.#longest[parent] + Number(before === 0);
      // Without weight, both sides have the same share.
      const share = covers[parent] > 0 ? covers[node] / covers[parent] : 0.5;
      this.#unknown[node] = this.#unknown[before] * share;
    }
    for (let node = nNodes - 1; node >= 0; node--) {
      if (this.#features[node] >= 0) this.#splits[node]++;
      if (node === 0) continue;
      const parent = this.#parents[node];
      this.#splits[parent] += this.#splits[node];
      this.#longest[parent] = Math.max(this.#longest[parent], this.#longest[node]);
    }
  }

  #expectedValues(covers: Float64Array): Float64Array {
    const { nOutputs } = this.#list.shape;
    const { leafValues } = this.#list.arrays;
    const reached = new Float64Array(covers.length);
    reached[0] = 1;
    const means = new Float64Array(nOutputs);
    for (let node = 0; node < covers.length; node++) {
      if (this.#features[node] < 0) {
        const leaf = nOutputs * this.#numbers[node];
        for (let k = 0; k < nOutputs; k++) means[k] += reached[node] * leafValues[leaf + k];
        continue;
      }
      const left = this.#lefts[node];
      const share = covers[node] > 0 ? covers[left] / covers[node] : 0.5;
      reached[left] = reached[node] * share;
      reached[left + 1] = reached[node] * (1 - share);
    }
    return means;
  }
}

/** The integrand has one factor per feature, except for one. */
export function nPointsFor(nFeatures: number): number {
  return Math.max(1, Math.ceil(nFeatures / 2));
}

/** A rule, and the weights of its points if a feature is not known. */
interface ShapQuadrature extends Quadrature {
  readonly others: Float64Array;
}

const quadratures = new Map<number, ShapQuadrature>();

function quadratureOf(nPoints: number): ShapQuadrature {
  const known = quadratures.get(nPoints);
  if (known) return known;
  const { points, weights } = gaussLegendre(nPoints);
  const others = weights.map((weight, q) => -weight / (1 - points[q]));
  const made = { points, weights, others };
  quadratures.set(nPoints, made);
  return made;
}

/** The effect of an edge on the product and on the integral at each point. */
function weighEdge(
  { stays, ceases, shares, weights: changes }: ShapArrays,
  nPoints: number,
  edge: number,
  { points, weights }: Quadrature,
  unknown: number,
  before: number,
): void {
  for (let q = 0, at = edge * nPoints; q < points.length; q++, at++) {
    const t = points[q];
    const missing = unknown * (1 - t);
    const factor = missing + t;
    changes[at] = ((1 - unknown) * weights[q]) / factor;
    if (before === 1) {
      stays[at] = factor;
      ceases[at] = missing;
    } else {
      const factorBefore = before * (1 - t) + t;
      stays[at] = factor / factorBefore;
      ceases[at] = missing / factorBefore;
    }
  }
  shares[edge] = before > 0 ? unknown / before : 0;
}
