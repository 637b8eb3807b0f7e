import { rowCodes } from './binning.js';
import type { LinkedTrees } from './linked-trees.js';
import { SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';

/** The number of rows that descend a tree before the next tree: few enough to stay in the cache. */
const BLOCK = 1024;

/** The counterpart of `TreeScorer` for when WebAssembly does not compile; results are bit-identical. */
export class PlainTreeScorer {
  constructor(
    readonly arrays: TreeArrays,
    readonly linked: LinkedTrees,
    readonly shape: TreeShape,
  ) {}

  /**
   * Adds up the values of the leaves that each row falls into.
   *
   * @param codes the bin of each row, one array per feature.
   * @param sums an array per sum, with one number per row, all 0.
   */
  score(codes: readonly Uint8Array[], sums: readonly Float64Array[]): void {
    const { nFeatures, nOutputs } = this.shape;
    const { leafValues, nodesPerTree } = this.arrays;
    const nRows = sums[0].length;
    for (let start = 0; start < nRows; start += BLOCK) {
      const end = Math.min(start + BLOCK, nRows);
      const block = rowCodes(codes.map((column) => column.subarray(start, end)));
      for (let tree = 0; tree < nodesPerTree.length; tree++) {
        for (let row = start, from = 0; row < end; row++, from += 2 * nFeatures) {
          const leaf = this.#leafOf(tree, block, from);
          if (nOutputs === 1) sums[tree % sums.length][row] += leafValues[leaf];
          else for (let k = 0; k < nOutputs; k++) sums[k][row] += leafValues[leaf * nOutputs + k];
        }
      }
    }
  }

  /**
   * The leaf of one tree that each row falls into.
   *
   * @param codes the rows, as returned by `rowCodes`.
   */
  leavesOf(tree: number, codes: Uint8Array, nRows: number): Int32Array {
    const stride = 2 * this.shape.nFeatures;
    return Int32Array.from({ length: nRows }, (_, row) => this.#leafOf(tree, codes, row * stride));
  }

  #leafOf(tree: number, codes: Uint8Array, from: number): number {
    const { nodes, leafOfNode, roots } = this.linked;
    const { sets } = this.arrays;
    let at = roots[tree] >> 2;
    for (;;) {
      const split = nodes[at];
      const left = nodes[at + 1] >> 2;
      if (left === at) return leafOfNode[at >> 1];
      if (split < 0) {
        const bin = codes[from + leafOfNode[at >> 1]];
        at = left + (((sets[SET_WORDS * (-1 - split) + (bin >> 5)] >>> (bin & 31)) & 1) << 1);
      } else {
        at = left + (Number(codes[from + (split >>> 8)] > (split & 255)) << 1);
      }
    }
  }
}
