import { ChurnError, type JsonObject, packArray, type StateReader } from '@churn/core';
import { MAX_FEATURES } from '../trees/require-features.js';
import { LEAF_COLUMN } from '../trees/tree-arrays.js';
import {
  type EnsembleFeature,
  type EnsembleNode,
  missingCode,
  type Side,
  setWords,
  unseenCode,
} from './ensemble-node.js';

/**
 * Trees with exact thresholds as plain arrays, as stored in a model file. Nodes are in level order, as in `TreeArrays`: the children of the
 * k-th inner node are the nodes 2k + 1 and 2k + 2 of its tree. Each feature has two columns: with column j, missing values go right, and
 * with column j + nFeatures, they go left. Nodes of categories have column j, since their sets include missing values.
 */
export interface EnsembleArrays {
  /** The column of each node, or `LEAF_COLUMN`. */
  readonly columns: Uint16Array;
  /** The largest number that goes left, for the nodes that split numbers. */
  readonly thresholds: Float64Array;
  /** The codes that go right, one bit per code, for the nodes that split categories; `setWords` words each. */
  readonly sets: Int32Array;
  readonly nodesPerTree: Int32Array;
  /** The values of the leaves in order; those of a leaf are adjacent. */
  readonly leafValues: Float64Array;
  /** The weight of the training rows in each leaf, if it is known. */
  readonly leafWeights?: Float32Array | undefined;
}

/** The maximum total number of words of all sets. */
const MAX_SET_WORDS = 2 ** 25;

const NODES_PER_TREE = 'numbers of at least 1 that add up to the number of nodes';
const COLUMNS = 'columns of the features, or leaves, such that each tree ends in leaves';

/** Trees grown by another library, prepared for traversal. */
export class EnsembleTrees {
  /** The first node of each tree. */
  readonly roots: Int32Array;
  /** The left child of each node; the right one is the next. For a leaf, the bitwise complement of its number. */
  readonly lefts: Int32Array;
  /** The threshold of each node; `NaN` for leaves and if there is a set. */
  readonly cuts: Float64Array;
  /** The offset of the set of each node, if it has one. */
  readonly setsAt: Int32Array;

  /**
   * @param nValues the number of values per leaf.
   * @param owner the owner of the trees, for messages.
   * @throws `model-file` if the arrays do not describe trees of these features.
   */
  constructor(
    readonly features: readonly EnsembleFeature[],
    readonly nValues: number,
    readonly arrays: EnsembleArrays,
    owner = 'trees',
  ) {
    const damaged = (field: keyof EnsembleArrays, expected: string) =>
      new ChurnError('model-file', `${owner}: the trees are damaged: expected "${field}" to be ${expected}`);
    const { columns, thresholds, sets, nodesPerTree, leafValues, leafWeights } = arrays;
    const nFeatures = features.length;
    const words = features.map((feature) => (feature.levels ? setWords(feature) : 0));
    this.roots = new Int32Array(nodesPerTree.length);
    this.lefts = new Int32Array(columns.length);
    this.cuts = new Float64Array(columns.length).fill(NaN);
    this.setsAt = new Int32Array(columns.length);
    let [node, nLeaves, nNumbers, nWords] = [0, 0, 0, 0];
    for (let tree = 0; tree < nodesPerTree.length; tree++) {
      const start = node;
      const end = start + nodesPerTree[tree];
      if (end <= start || end > columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
      this.roots[tree] = start;
      let nInner = 0;
      for (; node < end; node++) {
        const column = columns[node];
        if (column === LEAF_COLUMN) {
          this.lefts[node] = ~nLeaves++;
          continue;
        }
        const left = start + 2 * nInner++ + 1;
        const nOfSet = words[column % nFeatures];
        const isOne = column < (nOfSet > 0 ? nFeatures : 2 * nFeatures);
        if (!isOne || left <= node || left + 1 >= end) throw damaged('columns', COLUMNS);
        this.lefts[node] = left;
        if (nOfSet > 0) this.setsAt[node] = nWords;
        else this.cuts[node] = thresholds[nNumbers++];
        nWords += nOfSet;
      }
      if (end - start !== 2 * nInner + 1) throw damaged('columns', COLUMNS);
    }
    if (node !== columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
    if (thresholds.length !== nNumbers || !thresholds.every(Number.isFinite)) {
      throw damaged('thresholds', 'one per node of a number');
    }
    if (sets.length !== nWords) throw damaged('sets', 'one per node of a category');
    if (leafValues.length !== nValues * nLeaves || !leafValues.every(Number.isFinite)) {
      throw damaged('leafValues', `${nValues} numbers per leaf`);
    }
    const areWeights =
      leafWeights === undefined ||
      (leafWeights.length === nLeaves && leafWeights.every((weight) => weight >= 0 && weight < Infinity));
    if (!areWeights) throw damaged('leafWeights', 'a number of at least 0 per leaf');
  }

  /** @throws `model-file` if `state` is not that of trees. */
  static restore(state: StateReader, features: readonly EnsembleFeature[], nValues: number): EnsembleTrees {
    const arrays: EnsembleArrays = {
      columns: state.packed('columns', Uint16Array),
      thresholds: state.packed('thresholds', Float64Array),
      sets: state.packed('sets', Int32Array),
      nodesPerTree: state.packed('nodesPerTree', Int32Array),
      leafValues: state.packed('leafValues', Float64Array),
      leafWeights: state.has('leafWeights') ? state.packed('leafWeights', Float32Array) : undefined,
    };
    return new EnsembleTrees(features, nValues, arrays, state.owner);
  }

  /**
   * Trees from nodes in any order.
   *
   * @param trees the nodes of each tree; trees are read one at a time.
   * @param nValues the number of values per leaf.
   * @throws `model-file` if the nodes do not form trees: a child is missing or has two parents, a feature is missing or of another kind, or
   * a number is not finite; `unsupported` if sets of levels take more than 128 MiB.
   */
  static of(
    features: readonly EnsembleFeature[],
    nValues: number,
    trees: Iterable<readonly EnsembleNode[]>,
  ): EnsembleTrees {
    if (features.length > MAX_FEATURES) {
      throw new ChurnError(
        'unsupported',
        `trees take up to ${MAX_FEATURES} features, got ${features.length}`,
      );
    }
    const columns: number[] = [];
    const thresholds: number[] = [];
    const sets: number[] = [];
    const nodesPerTree: number[] = [];
    const leafValues: number[] = [];
    const leafWeights: number[] = [];
    let hasWeights = true;
    let tree = -1;
    for (const nodes of trees) {
      tree++;
      const order = levelOrder(nodes, tree);
      nodesPerTree.push(order.length);
      for (const place of order) {
        const node = nodes[place];
        if (node.kind === 'leaf') {
          columns.push(LEAF_COLUMN);
          if (node.values.length !== nValues) throw notTrees(tree, place, `${nValues} values`);
          for (const value of node.values) leafValues.push(value);
          if (node.cover === undefined) hasWeights = false;
          else leafWeights.push(node.cover);
          continue;
        }
        const feature = features[node.feature];
        if (!feature) throw notTrees(tree, place, `a feature from 0 to ${features.length - 1}`);
        if ((node.kind === 'category') !== (feature.levels !== undefined)) {
          throw notTrees(tree, place, `a split of a ${feature.levels ? 'category' : 'number'}`);
        }
        if (node.kind === 'number') {
          columns.push(node.missing === 'left' ? node.feature + features.length : node.feature);
          thresholds.push(node.threshold);
        } else {
          columns.push(node.feature);
          if (sets.length + setWords(feature) > MAX_SET_WORDS) {
            throw new ChurnError(
              'unsupported',
              `${feature.name}: its splits by sets of levels take more than ${4 * MAX_SET_WORDS} bytes; expected fewer levels or splits`,
            );
          }
          for (const word of setOf(node, feature)) sets.push(word);
        }
      }
    }
    return new EnsembleTrees(features, nValues, {
      columns: Uint16Array.from(columns),
      thresholds: Float64Array.from(thresholds),
      sets: Int32Array.from(sets),
      nodesPerTree: Int32Array.from(nodesPerTree),
      leafValues: Float64Array.from(leafValues),
      leafWeights: hasWeights ? Float32Array.from(leafWeights) : undefined,
    });
  }

  get state(): JsonObject {
    const { columns, thresholds, sets, nodesPerTree, leafValues, leafWeights } = this.arrays;
    return {
      columns: packArray(columns),
      thresholds: packArray(thresholds),
      sets: packArray(sets),
      nodesPerTree: packArray(nodesPerTree),
      leafValues: packArray(leafValues),
      ...(leafWeights && { leafWeights: packArray(leafWeights) }),
    };
  }

  get length(): number {
    return this.roots.length;
  }

  /** The nodes of one tree, the root first, children after their parents. */
  nodesOf(tree: number): EnsembleNode[] {
    const { columns, nodesPerTree, leafValues, leafWeights } = this.arrays;
    const { features, nValues } = this;
    const start = this.roots[tree];
    return Array.from({ length: nodesPerTree[tree] }, (_, i): EnsembleNode => {
      const node = start + i;
      const column = columns[node];
      if (column === LEAF_COLUMN) {
        const leaf = ~this.lefts[node];
        const values = Array.from(leafValues.subarray(nValues * leaf, nValues * (leaf + 1)));
        return { kind: 'leaf', values, cover: leafWeights?.[leaf] };
      }
      const place = column % features.length;
      const feature = features[place];
      const left = this.lefts[node] - start;
      const parts = { feature: place, left, right: left + 1 };
      if (!feature.levels) {
        const missing = column >= features.length ? 'left' : 'right';
        return { kind: 'number', ...parts, threshold: this.cuts[node], missing };
      }
      const levels = Array.from(feature.levels.keys()).filter((code) => !this.goesRight(node, code));
      const sideOf = (code: number): Side => (this.goesRight(node, code) ? 'right' : 'left');
      return {
        kind: 'category',
        ...parts,
        levels,
        unseen: sideOf(unseenCode(feature)),
        missing: sideOf(missingCode(feature)),
      };
    });
  }

  /** Whether a code goes right at a node of a category. */
  goesRight(node: number, code: number): boolean {
    return ((this.arrays.sets[this.setsAt[node] + (code >> 5)] >>> (code & 31)) & 1) === 1;
  }
}

/** The indices of the nodes in level order. @throws `model-file` if they do not form a tree. */
function levelOrder(nodes: readonly EnsembleNode[], tree: number): number[] {
  if (nodes.length === 0) throw notTrees(tree, 0, 'a root');
  const isSeen = new Uint8Array(nodes.length);
  const order = [0];
  isSeen[0] = 1;
  for (let i = 0; i < order.length; i++) {
    const node = nodes[order[i]];
    if (node.kind === 'leaf') continue;
    for (const child of [node.left, node.right]) {
      // Undefined for an index that does not exist.
      if (isSeen[child] !== 0) throw notTrees(tree, order[i], 'two children of its own');
      isSeen[child] = 1;
      order.push(child);
    }
  }
  return order;
}

function setOf(node: EnsembleNode & { kind: 'category' }, feature: EnsembleFeature): Int32Array {
  const set = new Int32Array(setWords(feature)).fill(-1);
  const clear = (code: number) => {
    set[code >> 5] &= ~(1 << (code & 31));
  };
  for (const code of node.levels) if (code < unseenCode(feature)) clear(code);
  if (node.unseen === 'left') clear(unseenCode(feature));
  if (node.missing === 'left') clear(missingCode(feature));
  return set;
}

function notTrees(tree: number, node: number, expected: string): ChurnError {
  return new ChurnError('model-file', `tree ${tree}, node ${node}: expected ${expected}`);
}
