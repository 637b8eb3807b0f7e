import type { ShapTree } from './tree-shap.js';

/** Is told what a feature adds to an output. */
export type OnContribution = (output: number, feature: number, value: number) => void;

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

  /** Adds up what the features of one row contribute to the values of a tree. */
  explain(
    tree: ShapTree,
    goesRight: (node: number) => boolean,
    nOutputs: number,
    onContribution: OnContribution,
  ): void {
    this.#visit(tree, goesRight, nOutputs, onContribution, 0, 0, 0, -1, 1, 1);
  }

  #visit(
    tree: ShapTree,
    goesRight: (node: number) => boolean,
    nOutputs: number,
    onContribution: OnContribution,
    node: number,
    depth: number,
    parentLength: number,
    feature: number,
    unknown: number,
    known: number,
  ): void {
    const at = depth * this.#width;
    this.#copy(at - this.#width, at, parentLength);
    let length = this.#extend(at, parentLength, feature, unknown, known);
    const split = tree.features[node];
    if (split < 0) {
      for (let i = 1; i < length; i++) {
        const step = this.#sumWithout(at, length, i) * (this.#known[at + i] - this.#unknown[at + i]);
        for (let k = 0; k < nOutputs; k++) {
          onContribution(k, this.#features[at + i], step * tree.values[node * nOutputs + k]);
        }
      }
      return;
    }
    const right = goesRight(node);
    const taken = tree.lefts[node] + Number(right);
    const other = tree.lefts[node] + Number(!right);
    let unknownBefore = 1;
    let knownBefore = 1;
    for (let i = 1; i < length; i++) {
      if (this.#features[at + i] !== split) continue;
      unknownBefore = this.#unknown[at + i];
      knownBefore = this.#known[at + i];
      length = this.#remove(at, length, i);
      break;
    }
    const share = (child: number) => (unknownBefore * tree.covers[child]) / tree.covers[node];
    const visit = (child: number, isKnown: number) =>
      this.#visit(
        tree,
        goesRight,
        nOutputs,
        onContribution,
        child,
        depth + 1,
        length,
        split,
        share(child),
        isKnown,
      );
    visit(taken, knownBefore);
    visit(other, 0);
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
