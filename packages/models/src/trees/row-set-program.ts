import { powerOfTwo } from '@churn/core';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';

const N_BINS = 256;

/** Trees as instructions for wasm/row-set-scorer.ts. */
export interface RowSetProgram {
  /** The columns that nodes compare. */
  readonly columns: readonly number[];
  /** u8[columns][256]: 1 for each bin that a node compares with. */
  readonly isCompared: Uint8Array;
  /** For each column, the number of its sets of bins, followed by these. */
  readonly binSets: Int32Array;
  /** The number of sets of rows that go left, ordered by column and bin, with those for sets of bins last. */
  readonly nLefts: number;
  /** The distinct leaf values of each tree. */
  readonly values: Float64Array;
  /**
   * For each tree: the number of inner nodes, and for each of them the offsets of the set of rows that go left and of the set of rows that
   * reach it; the offset of its values; the number of bits of value indices, and for each bit the number of leaves with that bit, and the
   * offsets of the sets of rows that reach them. Offsets are in bytes.
   */
  readonly steps: Int32Array;
}

/**
 * Compiles trees to instructions for descending sets of rows.
 *
 * @param setBytes the size of a set of rows in bytes.
 */
export function rowSetProgram(arrays: TreeArrays, shape: TreeShape, setBytes: number): RowSetProgram {
  const { leftOfNode, ...comparisons } = comparisonsOf(arrays, shape);
  const { columns, nodesPerTree } = arrays;
  const { numbers, values, nValues } = numberedValues(arrays, shape.nOutputs);
  const bitsOf = Uint8Array.from(nValues, (n) => 32 - Math.clz32(n - 1));
  const nSteps = 2 * (columns.length - numbers.length) + 3 * nValues.length;
  const steps = new Int32Array(nSteps + bitsOf.reduce((sum, n) => sum + n, 0) + countBits(numbers));
  let at = 0;
  let start = 0;
  let firstLeaf = 0;
  let firstValue = 0;
  for (let tree = 0; tree < nodesPerTree.length; tree++) {
    const nNodes = nodesPerTree[tree];
    steps[at++] = (nNodes - 1) / 2;
    for (let node = 0; node < nNodes; node++) {
      if (columns[start + node] === LEAF_COLUMN) continue;
      steps[at++] = setBytes * leftOfNode[start + node];
      steps[at++] = setBytes * node;
    }
    steps[at++] = 8 * shape.nOutputs * firstValue;
    steps[at++] = bitsOf[tree];
    for (let bit = 0; bit < bitsOf[tree]; bit++) {
      const count = at++;
      let leaf = firstLeaf;
      for (let node = 0; node < nNodes; node++) {
        if (columns[start + node] !== LEAF_COLUMN) continue;
        if ((numbers[leaf++] >>> bit) & 1) steps[at++] = setBytes * node;
      }
      steps[count] = at - count - 1;
    }
    start += nNodes;
    firstLeaf += (nNodes + 1) / 2;
    firstValue += nValues[tree];
  }
  return { ...comparisons, values, steps };
}

function comparisonsOf(
  { columns, bins, sets }: TreeArrays,
  { nFeatures, isCategory = () => false }: TreeShape,
) {
  const allCompared = new Uint8Array(2 * nFeatures * N_BINS);
  const nSets = new Int32Array(2 * nFeatures);
  const isUsed = new Uint8Array(2 * nFeatures);
  const hasSet = Uint8Array.from(isUsed, (_, column) => Number(isCategory(column % nFeatures)));
  for (let node = 0; node < columns.length; node++) {
    const column = columns[node];
    if (column === LEAF_COLUMN) continue;
    isUsed[column] = 1;
    if (hasSet[column]) nSets[column]++;
    else allCompared[column * N_BINS + bins[node]] = 1;
  }
  const used = Array.from(isUsed.keys()).filter((column) => isUsed[column]);
  const isCompared = new Uint8Array(used.length * N_BINS);
  const binSets = new Int32Array(used.length + sets.length);
  const leftOfBin = new Int32Array(allCompared.length);
  const leftOfSet = new Int32Array(2 * nFeatures);
  const placeOfSet = new Int32Array(2 * nFeatures);
  let nLefts = 0;
  let place = 0;
  used.forEach((column, i) => {
    const from = column * N_BINS;
    isCompared.set(allCompared.subarray(from, from + N_BINS), i * N_BINS);
    for (let bin = 0; bin < N_BINS; bin++) if (allCompared[from + bin]) leftOfBin[from + bin] = nLefts++;
    leftOfSet[column] = nLefts;
    nLefts += nSets[column];
    binSets[place++] = nSets[column];
    placeOfSet[column] = place;
    place += SET_WORDS * nSets[column];
  });
  const leftOfNode = new Int32Array(columns.length);
  let set = 0;
  for (let node = 0; node < columns.length; node++) {
    const column = columns[node];
    if (column === LEAF_COLUMN) continue;
    if (!hasSet[column]) leftOfNode[node] = leftOfBin[column * N_BINS + bins[node]];
    else {
      leftOfNode[node] = leftOfSet[column]++;
      binSets.set(sets.subarray(set, set + SET_WORDS), placeOfSet[column]);
      placeOfSet[column] += SET_WORDS;
      set += SET_WORDS;
    }
  }
  return { columns: used, isCompared, binSets, nLefts, leftOfNode };
}

/** Numbers the distinct leaf values of each tree, starting with 0. */
function numberedValues({ nodesPerTree, leafValues }: TreeArrays, nOutputs: number) {
  const words = new Uint32Array(leafValues.buffer, leafValues.byteOffset, 2 * leafValues.length);
  const numbers = new Int32Array(leafValues.length / nOutputs);
  const nValues = new Int32Array(nodesPerTree.length);
  // The first leaf with each value.
  const firsts = new Int32Array(numbers.length);
  let nAll = 0;
  let first = 0;
  for (let tree = 0; tree < nodesPerTree.length; tree++) {
    const nLeaves = (nodesPerTree[tree] + 1) / 2;
    const start = nAll;
    const mask = powerOfTwo(33 - Math.clz32(nLeaves)) - 1;
    const table = new Int32Array(mask + 1).fill(-1);
    for (let leaf = first; leaf < first + nLeaves; leaf++) {
      let slot = hashOf(words, 2 * nOutputs * leaf, 2 * nOutputs) & mask;
      while (table[slot] >= 0 && !isSame(words, firsts[table[slot]], leaf, 2 * nOutputs))
        slot = (slot + 1) & mask;
      if (table[slot] < 0) {
        table[slot] = nAll;
        firsts[nAll++] = leaf;
      }
      numbers[leaf] = table[slot] - start;
    }
    nValues[tree] = nAll - start;
    first += nLeaves;
  }
  const values = new Float64Array(nAll * nOutputs);
  for (let i = 0; i < nAll; i++) {
    values.set(leafValues.subarray(firsts[i] * nOutputs, (firsts[i] + 1) * nOutputs), i * nOutputs);
  }
  return { numbers, values, nValues };
}

/** The hash of Fowler, Noll and Vo (FNV-1a) over words, with its high bits mixed into the low bits that index the table. */
function hashOf(words: Uint32Array, from: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let i = from; i < from + length; i++) hash = Math.imul(hash ^ words[i], 0x01000193);
  return hash ^ (hash >>> 15);
}

function isSame(words: Uint32Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (words[a * length + i] !== words[b * length + i]) return false;
  return true;
}

function countBits(numbers: Int32Array): number {
  let count = 0;
  for (const number of numbers) for (let rest = number; rest; rest &= rest - 1) count++;
  return count;
}
