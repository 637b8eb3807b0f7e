import { LEAF_COLUMN, SET_WORDS } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';
import { requireMemory } from '../wasm-module.js';
import { gaussLegendre } from './gauss-legendre.js';
import type { ShapArrays, ShapEngine } from './shap-engine.js';

/**
 * One tree, made ready to tell what the features add to its value for one row after the other.
 *
 * A feature f on the path to a leaf passes on a share of `u` of the training rows where it is not known, and `k` = 1 or 0 of a row where it
 * is. Over the sets of known features, drawn with chance t each, the leaf counts with the product of `u (1 - t) + k t` of all
 * features on its path; the Shapley value of f is the integral over t from 0 to 1 of `(k - u)` times the product of the others
 * (Owen, "Multilinear extensions of games", 1972). That is a polynomial of t, so a few points give the integral exactly; and as no
 * term is negative nothing cancels, however long the path. (The recursion of Lundberg et al. 2020, algorithm 2, loses all digits
 * at some 50 features on a path.)
 *
 * A product of leaves below an edge is one sum, so a row takes time of the nodes times half the features on the longest path.
 *
 * An engine holds one tree at a time: the one made last.
 */
export class ShapTree {
  /** What the tree gives on average over its training rows, one an output. */
  readonly expectedValues: Float64Array;
  readonly #list: TreeList;
  /** The first node of the tree in the list. */
  readonly #start: number;
  /** The feature of each node, or -1 for a leaf. */
  readonly #features: Int32Array;
  /** The left child of each node; the right one is the next. */
  readonly #lefts: Int32Array;
  /** The set of each node that splits a category column. */
  readonly #sets: Int32Array;
  /** The feature that leads to each node, and the node that the same feature led to before, or 0. */
  readonly #edges: Int32Array;
  readonly #before: Int32Array;
  /** `u` of the feature that leads to each node, over all its splits on the path. */
  readonly #unknown: Float64Array;
  /** `k` of it, for the present row. */
  readonly #known: Uint8Array;
  readonly #engine: ShapEngine;
  /** What was found, those of the features of an output side by side. */
  readonly #found: Float64Array;

  constructor(engine: ShapEngine, list: TreeList, nNodes: number, { start, leaf, set }: TreeStart) {
    const { columns, leafValues, leafWeights } = list.arrays;
    const { nFeatures, nOutputs, isCategory = () => false } = list.shape;
    this.#list = list;
    this.#start = start;
    this.#features = new Int32Array(nNodes).fill(-1);
    this.#lefts = new Int32Array(nNodes);
    const values = new Float64Array(nNodes * nOutputs);
    this.#sets = new Int32Array(nNodes);
    this.#edges = new Int32Array(nNodes);
    this.#before = new Int32Array(nNodes);
    this.#unknown = new Float64Array(nNodes).fill(1);
    const covers = new Float64Array(nNodes);
    const parents = new Int32Array(nNodes);
    let left = 1;
    for (let node = 0, atLeaf = leaf, atSet = set; node < nNodes; node++) {
      const column = columns[start + node];
      if (column === LEAF_COLUMN) {
        covers[node] = leafWeights[atLeaf];
        for (let k = 0; k < nOutputs; k++) values[node * nOutputs + k] = leafValues[atLeaf * nOutputs + k];
        atLeaf++;
        continue;
      }
      const feature = column % nFeatures;
      this.#features[node] = feature;
      if (isCategory(feature)) this.#sets[node] = atSet++;
      this.#lefts[node] = left;
      for (let child = left; child <= left + 1; child++) {
        parents[child] = node;
        this.#edges[child] = feature;
      }
      left += 2;
    }
    for (let node = nNodes - 1; node > 0; node--) covers[parents[node]] += covers[node];
    const longest = this.#followPaths(parents, covers);
    this.expectedValues = this.#expectedValues(covers, values);
    // The integrand has a factor a feature but one; points go by pairs.
    const nPoints = 2 * Math.max(1, Math.ceil(longest / 4));
    requireMemory(nNodes * (40 * nPoints + 8 * nOutputs + 25) + 8 * nFeatures * nOutputs);
    this.#engine = engine;
    const arrays = engine.setUp({ nNodes, nPoints, nFeatures, nOutputs });
    arrays.features.set(this.#features);
    arrays.lefts.set(this.#lefts);
    arrays.edges.set(this.#edges);
    arrays.before.set(this.#before);
    arrays.unknown.set(this.#unknown);
    arrays.values.set(values);
    this.#known = arrays.known.fill(1);
    this.#found = arrays.found;
    this.#weigh(nPoints, arrays);
  }

  /**
   * What the features of one row contribute to the values of the tree, those of an output side by side; overwritten by the next row.
   *
   * @param codes the rows, as `rowCodes` gives them.
   */
  explain(codes: Uint8Array, row: number): Float64Array {
    this.#decide(codes, row * 2 * this.#list.shape.nFeatures);
    this.#engine.explain();
    return this.#found;
  }

  /** What each node does to the product and to the integral at each point. */
  #weigh(nPoints: number, { stays, ceases, weights: byFactor, otherWeights }: ShapArrays): void {
    const { points, weights } = gaussLegendre(nPoints);
    const nNodes = this.#features.length;
    otherWeights.set(weights.map((weight, q) => weight / (1 - points[q])));
    for (let node = 0, place = 0; node < nNodes; node++) {
      const u = this.#unknown[node];
      const uBefore = this.#unknown[this.#before[node]];
      for (let q = 0; q < nPoints; q++, place++) {
        const t = points[q];
        const factor = u * (1 - t) + t;
        const factorBefore = uBefore * (1 - t) + t;
        stays[place] = factor / factorBefore;
        ceases[place] = (u * (1 - t)) / factorBefore;
        byFactor[place] = weights[q] / factor;
      }
    }
  }

  /** Follows each feature down all paths, and returns the most features on one. */
  #followPaths(parents: Int32Array, covers: Float64Array): number {
    const nOnPath = new Int32Array(parents.length);
    let longest = 0;
    for (let node = 1; node < parents.length; node++) {
      const parent = parents[node];
      let before = parent;
      while (before > 0 && this.#edges[before] !== this.#edges[node]) before = parents[before];
      this.#before[node] = before;
      nOnPath[node] = nOnPath[parent] + Number(before === 0);
      longest = Math.max(longest, nOnPath[node]);
      // Rows that weigh nothing go both ways alike.
      const share = covers[parent] > 0 ? covers[node] / covers[parent] : 0.5;
      this.#unknown[node] = this.#unknown[before] * share;
    }
    return longest;
  }

  #expectedValues(covers: Float64Array, values: Float64Array): Float64Array {
    const { nOutputs } = this.#list.shape;
    const reached = new Float64Array(covers.length);
    reached[0] = 1;
    const means = new Float64Array(nOutputs);
    for (let node = 0; node < covers.length; node++) {
      if (this.#features[node] < 0) {
        for (let k = 0; k < nOutputs; k++) means[k] += reached[node] * values[node * nOutputs + k];
        continue;
      }
      const left = this.#lefts[node];
      const share = covers[node] > 0 ? covers[left] / covers[node] : 0.5;
      reached[left] = reached[node] * share;
      reached[left + 1] = reached[node] * (1 - share);
    }
    return means;
  }

  /** Tells for each node whether the row passes all splits on its path by the feature that leads to it. */
  #decide(codes: Uint8Array, from: number): void {
    const { columns, bins, sets } = this.#list.arrays;
    const { isCategory } = this.#list.shape;
    const known = this.#known;
    for (let node = 0; node < this.#features.length; node++) {
      const feature = this.#features[node];
      if (feature < 0) continue;
      const code = codes[from + columns[this.#start + node]];
      const right = isCategory?.(feature)
        ? (sets[SET_WORDS * this.#sets[node] + (code >> 5)] >>> (code & 31)) & 1
        : Number(code > bins[this.#start + node]);
      const left = this.#lefts[node];
      const passed = known[this.#before[left]];
      known[left] = passed & (1 - right);
      known[left + 1] = passed & right;
    }
  }
}

/** Where a tree begins among the nodes, the leaves and the sets of a list. */
export interface TreeStart {
  readonly start: number;
  readonly leaf: number;
  readonly set: number;
}
