import { ChurnError, type JsonObject, type NumberRange, packArray, type StateReader } from '@churn/core';
import type { LinkedTrees } from './linked-trees.js';
import { PlainTreeScorer } from './plain-tree-scorer.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';
import { TreeScorer } from './tree-scorer.js';

const NODES_PER_TREE = 'numbers of at least 1 that add up to the number of nodes';
const COLUMNS = 'columns of the features, or leaves, such that each tree ends in leaves';

/** Fitted trees, ready to score rows. */
export class TreeList {
  readonly #linked: LinkedTrees;
  #scorer: TreeScorer | PlainTreeScorer | undefined;

  /**
   * @param owner whose trees they are, for messages.
   * @throws `model-file` if the arrays are not those of trees of this shape.
   */
  constructor(
    readonly arrays: TreeArrays,
    readonly shape: TreeShape,
    owner = 'trees',
  ) {
    const damaged = (field: keyof TreeArrays, expected: string) =>
      new ChurnError('model-file', `${owner}: the trees are damaged: expected "${field}" to be ${expected}`);
    const { columns, bins, sets, nodesPerTree, leafValues, leafWeights } = arrays;
    const { nFeatures, nOutputs, isCategory = () => false } = shape;
    const nodes = new Int32Array(2 * columns.length);
    const leafOfNode = new Int32Array(columns.length);
    const roots = new Int32Array(nodesPerTree.length);
    let nLeaves = 0;
    let nSets = 0;
    let node = 0;
    for (let tree = 0; tree < nodesPerTree.length; tree++) {
      const start = node;
      const end = start + nodesPerTree[tree];
      if (end <= start || end > columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
      roots[tree] = 8 * start;
      let nInner = 0;
      for (; node < end; node++) {
        const column = columns[node];
        if (column === LEAF_COLUMN) {
          nodes[2 * node] = 255;
          nodes[2 * node + 1] = 8 * node;
          leafOfNode[node] = nLeaves++;
          continue;
        }
        const left = start + 2 * nInner++ + 1;
        if (column >= 2 * nFeatures || left <= node || left + 1 >= end) throw damaged('columns', COLUMNS);
        const hasSet = isCategory(column % nFeatures);
        nodes[2 * node] = hasSet ? -1 - nSets++ : (column << 8) | bins[node];
        nodes[2 * node + 1] = 8 * left;
        if (hasSet) leafOfNode[node] = column % nFeatures;
      }
      if (end - start !== 2 * nInner + 1) throw damaged('columns', COLUMNS);
    }
    if (node !== columns.length) throw damaged('nodesPerTree', NODES_PER_TREE);
    if (bins.length !== node) throw damaged('bins', 'a number a node');
    if (sets.length !== SET_WORDS * nSets) throw damaged('sets', 'one for each node of a category');
    if (leafValues.length !== nOutputs * nLeaves || !leafValues.every(Number.isFinite)) {
      throw damaged('leafValues', `${nOutputs} numbers a leaf`);
    }
    const areWeights = leafWeights.every((weight) => weight >= 0 && weight < Infinity);
    if (leafWeights.length !== nLeaves || !areWeights)
      throw damaged('leafWeights', 'a number of at least 0 a leaf');
    this.#linked = { nodes, leafOfNode, roots };
  }

  /**
   * @param values where the values of leaves may lie.
   * @throws `model-file` if the state is not that of trees.
   */
  static restore(state: StateReader, shape: TreeShape, values: NumberRange = {}): TreeList {
    const arrays: TreeArrays = {
      columns: state.packed('columns', Uint16Array),
      bins: state.packed('bins', Uint8Array),
      sets: state.packed('sets', Int32Array),
      nodesPerTree: state.packed('nodesPerTree', Int32Array),
      leafValues: state.packed('leafValues', Float64Array, values),
      leafWeights: state.packed('leafWeights', Float32Array),
    };
    return new TreeList(arrays, shape, state.owner);
  }

  get state(): JsonObject {
    const { columns, bins, sets, nodesPerTree, leafValues, leafWeights } = this.arrays;
    return {
      columns: packArray(columns),
      bins: packArray(bins),
      sets: packArray(sets),
      nodesPerTree: packArray(nodesPerTree),
      leafValues: packArray(leafValues),
      leafWeights: packArray(leafWeights),
    };
  }

  get length(): number {
    return this.arrays.nodesPerTree.length;
  }

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, one array per feature.
   * @returns an array a sum, with one number per row.
   */
  sums(codes: readonly Uint8Array[], nRows: number): Float64Array[] {
    const { nOutputs, nSums = nOutputs } = this.shape;
    const sums = Array.from({ length: nSums }, () => new Float64Array(nRows));
    this.#ready().score(codes, sums);
    return sums;
  }

  /**
   * The leaf of one tree that each row falls into.
   *
   * @param rowCodes the rows, as returned by `rowCodes`.
   */
  leavesOf(tree: number, rowCodes: Uint8Array, nRows: number): Int32Array {
    return this.#ready().leavesOf(tree, rowCodes, nRows);
  }

  /** A forest that is only saved needs no scorer. */
  #ready(): TreeScorer | PlainTreeScorer {
    const Scorer = TreeScorer.isSupported ? TreeScorer : PlainTreeScorer;
    this.#scorer ??= new Scorer(this.arrays, this.#linked, this.shape);
    return this.#scorer;
  }
}
