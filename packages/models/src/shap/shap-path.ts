import type { ShapTree } from './tree-shap.js';

/**
 * The features met on the way down a tree, each once: the share of training rows that went the same way where the feature is not known,
 * 1 or 0 where it is, and the weight of all sets of known features of each size (the path `m` of the paper's algorithm 2).
 *
 * Each depth has a copy of its own, in arrays that are made once.
 */
export class ShapPath {
  readonly #width: number;
  readonly #features: Int32Array;
  readonly #unknown: Float64Array;
  readonly #known: Float64Array;
  readonly #weights: Float64Array;

  /** @param depth the most splits from the root to a leaf, and one. */
  constructor(depth: number, nFeatures: number) {
    // A path has the start, and no feature twice.
    this.#width = Math.min(depth, nFeatures) + 2;
    const size = this.#width * (depth + 2);
    this.#features = new Int32Array(size);
    this.#unknown = new Float64Array(size);
    this.#known = new Float64Array(size);
    this.#weights = new Float64Array(size);
  }

  /**
   * Adds what the features of one row contribute to the values of a tree to `sums`, which hold the features of an output side by side.
   *
   * @param goesRight 1 for each node where the row goes right.
   */
  explain(tree: ShapTree, goesRight: Uint8Array, sums: Float64Array): void {
    this.#visit(tree, goesRight, sums, 0, 0, 0, -1, 1, 1);
  }

  #visit(
    tree: ShapTree,
    goesRight: Uint8Array,
    sums: Float64Array,
    node: number,
    depth: number,
    parentLength: number,
    feature: number,
    unknown: number,
    known: number,
  ): void {
    const at = depth * this.#width;
    if (depth > 0) this.#copy(at - this.#width, at, parentLength);
    let length = this.#extend(at, parentLength, feature, unknown, known);
    const split = tree.features[node];
    if (split < 0) {
      this.#addLeaf(tree, node, at, length, sums);
      return;
    }
    let unknownBefore = 1;
    let knownBefore = 1;
    for (let i = 1; i < length; i++) {
      if (this.#features[at + i] !== split) continue;
      unknownBefore = this.#unknown[at + i];
      knownBefore = this.#known[at + i];
      length = this.#remove(at, length, i);
      break;
    }
    const left = tree.lefts[node];
    const right = goesRight[node];
    const share = unknownBefore / tree.covers[node];
    for (let side = 0; side <= 1; side++) {
      const child = left + side;
      const isKnown = side === right ? knownBefore : 0;
      this.#visit(
        tree,
        goesRight,
        sums,
        child,
        depth + 1,
        length,
        split,
        share * tree.covers[child],
        isKnown,
      );
    }
  }

  #addLeaf(
    { values, features }: ShapTree,
    node: number,
    at: number,
    length: number,
    sums: Float64Array,
  ): void {
    const nOutputs = values.length / features.length;
    const nFeatures = sums.length / nOutputs;
    for (let i = 1; i < length; i++) {
      const step = this.#sumWithout(at, length, i) * (this.#known[at + i] - this.#unknown[at + i]);
      for (let k = 0; k < nOutputs; k++) {
        sums[k * nFeatures + this.#features[at + i]] += step * values[node * nOutputs + k];
      }
    }
  }

  #copy(from: number, to: number, length: number): void {
    for (let i = 0; i < length; i++) {
      this.#features[to + i] = this.#features[from + i];
      this.#unknown[to + i] = this.#unknown[from + i];
      this.#known[to + i] = this.#known[from + i];
      this.#weights[to + i] = this.#weights[from + i];
    }
  }

  /** Adds a feature to a path of `length`, and returns its new length. */
  #extend(at: number, length: number, feature: number, unknown: number, known: number): number {
    const weights = this.#weights;
    this.#features[at + length] = feature;
    this.#unknown[at + length] = unknown;
    this.#known[at + length] = known;
    weights[at + length] = length === 0 ? 1 : 0;
    for (let i = length - 1; i >= 0; i--) {
      weights[at + i + 1] += (known * weights[at + i] * (i + 1)) / (length + 1);
      weights[at + i] = (unknown * weights[at + i] * (length - i)) / (length + 1);
    }
    return length + 1;
  }

  /** Takes the feature at place i out of the path again, and returns its new length. */
  #remove(at: number, length: number, i: number): number {
    const last = length - 1;
    const unknown = this.#unknown[at + i];
    const known = this.#known[at + i];
    const weights = this.#weights;
    let next = weights[at + last];
    for (let j = last - 1; j >= 0; j--) {
      if (known !== 0) {
        const held = weights[at + j];
        weights[at + j] = (next * length) / ((j + 1) * known);
        next = held - (weights[at + j] * unknown * (last - j)) / length;
      } else weights[at + j] = (weights[at + j] * length) / (unknown * (last - j));
    }
    for (let j = i; j < last; j++) {
      this.#features[at + j] = this.#features[at + j + 1];
      this.#unknown[at + j] = this.#unknown[at + j + 1];
      this.#known[at + j] = this.#known[at + j + 1];
    }
    return last;
  }

  /** The sum of the weights that the path would have without the feature at place i. */
  #sumWithout(at: number, length: number, i: number): number {
    const last = length - 1;
    const unknown = this.#unknown[at + i];
    const known = this.#known[at + i];
    const weights = this.#weights;
    let next = weights[at + last];
    let sum = 0;
    for (let j = last - 1; j >= 0; j--) {
      if (known !== 0) {
        const weight = (next * length) / ((j + 1) * known);
        sum += weight;
        next = weights[at + j] - (weight * unknown * (last - j)) / length;
      } else sum += (weights[at + j] * length) / (unknown * (last - j));
    }
    return sum;
  }
}
