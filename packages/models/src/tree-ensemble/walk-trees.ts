import type { EnsembleTrees } from './ensemble-trees.js';

/** The number of values of rows that traverse one tree before the next; few enough to stay in the cache. */
const BLOCK_NUMBERS = 2 ** 14;

/**
 * Adds the leaf values of each row to sums, tree by tree, in the precision of the arrays.
 *
 * @param columns one number per row for each feature, as returned by `ensembleColumns`.
 * @param sums one array per score; if leaves have one value, tree t contributes to score t % sums.length.
 */
export function walkTrees(
  trees: EnsembleTrees,
  columns: readonly Float64Array[],
  sums: readonly (Float64Array | Float32Array)[],
): void {
  const { roots, lefts, cuts, setsAt, nValues, features } = trees;
  const { columns: columnOf, sets, leafValues } = trees.arrays;
  const stride = 2 * columns.length;
  const nRows = sums[0].length;
  const blockRows = Math.max(1, Math.floor(BLOCK_NUMBERS / stride));
  const block = new Float64Array(stride * Math.min(blockRows, nRows));
  const isCategory = features.map(({ levels }) => levels !== undefined);
  for (let start = 0; start < nRows; start += blockRows) {
    const end = Math.min(start + blockRows, nRows);
    columns.forEach((column, j) => {
      for (let row = start, at = j; row < end; row++, at += stride) {
        const value = column[row];
        const isMissing = !isCategory[j] && Number.isNaN(value);
        block[at] = isMissing ? Infinity : value;
        block[at + columns.length] = isMissing ? -Infinity : value;
      }
    });
    for (let tree = 0; tree < roots.length; tree++) {
      const sum = sums[tree % sums.length];
      for (let row = start, from = 0; row < end; row++, from += stride) {
        let node = roots[tree];
        let left = lefts[node];
        while (left >= 0) {
          const cut = cuts[node];
          const value = block[from + columnOf[node]];
          if (!Number.isNaN(cut)) node = value > cut ? left + 1 : left;
          else node = left + ((sets[setsAt[node] + (value >> 5)] >>> (value & 31)) & 1);
          left = lefts[node];
        }
        const leaf = ~left;
        if (nValues === 1) sum[row] += leafValues[leaf];
        else for (let k = 0; k < nValues; k++) sums[k][row] += leafValues[nValues * leaf + k];
      }
    }
  }
}
