import { LEAF_COLUMN, SET_WORDS } from '../trees/tree-arrays.js';
import type { TreeList } from '../trees/tree-list.js';
import { gaussLegendre } from './gauss-legendre.js';

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
  /** The values of each node that is a leaf, those of a node side by side. */
  readonly #values: Float64Array;
  /** The set of each node that splits a category column. */
  readonly #sets: Int32Array;
  /** The feature that leads to each node, and the node that the same feature led to before, or 0. */
  readonly #edges: Int32Array;
  readonly #before: Int32Array;
  /** `u` of the feature that leads to each node, over all its splits on the path. */
  readonly #unknown: Float64Array;
  /** `k` of it, for the present row. */
  readonly #known: Uint8Array;
  readonly #nPoints: number;
  // Each has a value a point for each node: what the product is multiplied by where a known feature stays so, and where it ceases
  // to be; the weights by the factor of a known feature; the products; and the sums of those of the leaves below.
  readonly #stays: Float64Array;
  readonly #ceases: Float64Array;
  readonly #weights: Float64Array;
  readonly #products: Float64Array;
  readonly #sums: Float64Array;
  /** The weights by `1 - t`. */
  readonly #otherWeights: Float64Array;

  constructor(list: TreeList, nNodes: number, { start, leaf, set }: TreeStart) {
    const { columns, leafValues, leafWeights } = list.arrays;
    const { nFeatures, nOutputs, isCategory = () => false } = list.shape;
    this.#list = list;
    this.#start = start;
    this.#features = new Int32Array(nNodes).fill(-1);
    this.#lefts = new Int32Array(nNodes);
    this.#values = new Float64Array(nNodes * nOutputs);
    this.#sets = new Int32Array(nNodes);
    this.#edges = new Int32Array(nNodes);
    this.#before = new Int32Array(nNodes);
    this.#unknown = new Float64Array(nNodes).fill(1);
    this.#known = new Uint8Array(nNodes).fill(1);
    const covers = new Float64Array(nNodes);
    const parents = new Int32Array(nNodes);
    let left = 1;
    for (let node = 0, atLeaf = leaf, atSet = set; node < nNodes; node++) {
      const column = columns[start + node];
      if (column === LEAF_COLUMN) {
        covers[node] = leafWeights[atLeaf];
        for (let k = 0; k < nOutputs; k++)
          this.#values[node * nOutputs + k] = leafValues[atLeaf * nOutputs + k];
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
    this.expectedValues = this.#expectedValues(covers);
    // The integrand has a factor a feature but one.
    this.#nPoints = Math.max(1, Math.ceil(longest / 2));
    const { points, weights } = gaussLegendre(this.#nPoints);
    this.#otherWeights = weights.map((weight, q) => weight / (1 - points[q]));
    const size = nNodes * this.#nPoints;
    this.#stays = new Float64Array(size);
    this.#ceases = new Float64Array(size);
    this.#weights = new Float64Array(size);
    this.#products = new Float64Array(size);
    this.#sums = new Float64Array(size);
    for (let node = 0, at = 0; node < nNodes; node++) {
      const u = this.#unknown[node];
      const uBefore = this.#unknown[this.#before[node]];
      for (let q = 0; q < this.#nPoints; q++, at++) {
        const t = points[q];
        const factor = u * (1 - t) + t;
        const factorBefore = uBefore * (1 - t) + t;
        this.#stays[at] = factor / factorBefore;
        this.#ceases[at] = (u * (1 - t)) / factorBefore;
        this.#weights[at] = weights[q] / factor;
      }
    }
  }

  /**
   * Adds what the features of one row contribute to the values of the tree to `found`, which hold the features of an output side by side.
   *
   * @param codes the rows, as `rowCodes` gives them.
   */
  explain(codes: Uint8Array, row: number, found: Float64Array): void {
    const { nFeatures, nOutputs } = this.#list.shape;
    this.#decide(codes, row * 2 * nFeatures);
    this.#multiply();
    for (let k = 0; k < nOutputs; k++) {
      this.#sumUp(k);
      this.#contribute(found, k * nFeatures);
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

  #expectedValues(covers: Float64Array): Float64Array {
    const { nOutputs } = this.#list.shape;
    const reached = new Float64Array(covers.length);
    reached[0] = 1;
    const means = new Float64Array(nOutputs);
    for (let node = 0; node < covers.length; node++) {
      if (this.#features[node] < 0) {
        for (let k = 0; k < nOutputs; k++) means[k] += reached[node] * this.#values[node * nOutputs + k];
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

  /** The product of the factors of all features on the path to each node. */
  #multiply(): void {
    const n = this.#nPoints;
    const products = this.#products;
    products.fill(1, 0, n);
    for (let node = 0; node < this.#features.length; node++) {
      if (this.#features[node] < 0) continue;
      const from = node * n;
      for (let child = this.#lefts[node], side = 0; side < 2; side++, child++) {
        const to = child * n;
        const before = this.#before[child];
        if (this.#known[before] === 1) {
          const by = this.#known[child] === 1 ? this.#stays : this.#ceases;
          for (let q = 0; q < n; q++) products[to + q] = products[from + q] * by[to + q];
        } else {
          const share = this.#unknown[before] > 0 ? this.#unknown[child] / this.#unknown[before] : 0;
          for (let q = 0; q < n; q++) products[to + q] = products[from + q] * share;
        }
      }
    }
  }

  /** The sum over the leaves below each node of their products times their values. */
  #sumUp(output: number): void {
    const n = this.#nPoints;
    const sums = this.#sums;
    const products = this.#products;
    const nOutputs = this.#list.shape.nOutputs;
    for (let node = this.#features.length - 1; node >= 0; node--) {
      const to = node * n;
      if (this.#features[node] < 0) {
        const value = this.#values[node * nOutputs + output];
        for (let q = 0; q < n; q++) sums[to + q] = value * products[to + q];
        continue;
      }
      const left = this.#lefts[node] * n;
      for (let q = 0; q < n; q++) sums[to + q] = sums[left + q] + sums[left + n + q];
    }
  }

  /** Adds what each edge contributes, for the leaves on whose path its feature splits no more. */
  #contribute(found: Float64Array, at: number): void {
    for (let node = 1; node < this.#features.length; node++) {
      const before = this.#before[node];
      let step = this.#without(node, node);
      // The edge before counted these leaves, too.
      if (before > 0) step -= this.#without(node, before);
      found[at + this.#edges[node]] += step;
    }
  }

  /** `k - u` of the feature that leads to `edge`, times the integral of the sums of a node without the factor of that feature. */
  #without(node: number, edge: number): number {
    const n = this.#nPoints;
    const from = node * n;
    const u = this.#unknown[edge];
    const sums = this.#sums;
    let integral = 0;
    if (this.#known[edge] === 1) {
      const byFactor = this.#weights;
      const by = edge * n;
      for (let q = 0; q < n; q++) integral += sums[from + q] * byFactor[by + q];
      return (1 - u) * integral;
    }
    // -u times what is divided by u (1 - t).
    const weights = this.#otherWeights;
    for (let q = 0; q < n; q++) integral -= sums[from + q] * weights[q];
    return integral;
  }
}

/** Where a tree begins among the nodes, the leaves and the sets of a list. */
export interface TreeStart {
  readonly start: number;
  readonly leaf: number;
  readonly set: number;
}
