import { type Attribution, lowerBound, type Table } from '@churn/core';
import { treeContributions } from '../shap/tree-contributions.js';
import { binCodes, MAX_BINS } from '../trees/bins.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays } from '../trees/tree-arrays.js';
import { TreeList } from '../trees/tree-list.js';
import { ensembleColumns } from './ensemble-columns.js';
import { missingCode } from './ensemble-node.js';
import type { EnsembleTrees } from './ensemble-trees.js';

/** The maximum number of columns of bins shared by trees, unless a single tree needs more. */
const MAX_COLUMNS = 1024;
/** The maximum number of sets in a column, which has one bin for each combination of memberships. */
const SETS_PER_COLUMN = 8;

/** Bins computed from a feature: by edges for numbers, or by the bin of each code for categories. */
type BinColumn = { readonly feature: number } & (
  | { readonly edges: Float64Array }
  | { readonly bins: Uint8Array }
);

/**
 * Some trees of an ensemble as a `TreeList`, whose columns have at most 255 bins. The trees are exactly the same, since a feature with more
 * thresholds has several columns, each with some of the thresholds.
 */
export class BinnedTrees {
  readonly #features: EnsembleTrees['features'];
  readonly #columns: readonly BinColumn[];
  readonly list: TreeList;

  /**
   * @param nScores the number of scores to which trees contribute in turn, if leaves have one value.
   * @param start the first tree, a multiple of `nScores`.
   */
  constructor(trees: EnsembleTrees, nScores: number, start: number, end: number) {
    this.#features = trees.features;
    const { columns: columnOf, sets, leafValues, leafWeights, nodesPerTree } = trees.arrays;
    const { nValues, features, lefts, cuts, setsAt } = trees;
    const first = trees.roots[start];
    const last = end < trees.length ? trees.roots[end] : columnOf.length;
    const splits = distinctSplits(trees, first, last);
    const columns: BinColumn[] = [];
    const firstColumn = splits.thresholds.map((thresholds, feature) => {
      const at = columns.length;
      const { levels } = features[feature];
      if (!levels) {
        for (const edges of inParts(thresholds, MAX_BINS - 1)) columns.push({ feature, edges });
      } else columns.push(...setColumns(feature, missingCode(features[feature]), splits.sets[feature], sets));
      return at;
    });
    const nColumns = columns.length;
    const arrays = {
      columns: new Uint16Array(last - first).fill(LEAF_COLUMN),
      bins: new Uint8Array(last - first),
      sets: [] as number[],
      nodesPerTree: nodesPerTree.slice(start, end),
    };
    let [firstLeaf, nLeaves] = [-1, 0];
    for (let node = first; node < last; node++) {
      const column = columnOf[node];
      if (column === LEAF_COLUMN) {
        if (firstLeaf < 0) firstLeaf = ~lefts[node];
        nLeaves++;
        continue;
      }
      const feature = column % features.length;
      const isLeft = column >= features.length;
      if (!features[feature].levels) {
        const place = lowerBound(splits.thresholds[feature], cuts[node]);
        const part = Math.floor(place / (MAX_BINS - 1));
        arrays.columns[node - first] = firstColumn[feature] + part + (isLeft ? nColumns : 0);
        arrays.bins[node - first] = place % (MAX_BINS - 1);
        continue;
      }
      const of = splits.sets[feature];
      const place = of.get(setKey(trees, feature, setsAt[node]))?.place as number;
      const isWhole = missingCode(features[feature]) < MAX_BINS;
      arrays.columns[node - first] =
        firstColumn[feature] + (isWhole ? 0 : Math.floor(place / SETS_PER_COLUMN));
      const goesRight = isWhole
        ? (bin: number) => bin <= missingCode(features[feature]) && trees.goesRight(node, bin)
        : (bin: number) => ((bin >> (place % SETS_PER_COLUMN)) & 1) === 1;
      arrays.sets.push(...binSet(goesRight));
    }
    const treeArrays: TreeArrays = {
      ...arrays,
      sets: Int32Array.from(arrays.sets),
      leafValues: leafValues.slice(nValues * firstLeaf, nValues * (firstLeaf + nLeaves)),
      leafWeights: leafWeights?.slice(firstLeaf, firstLeaf + nLeaves) ?? new Float32Array(nLeaves),
    };
    this.#columns = columns;
    this.list = new TreeList(treeArrays, {
      nFeatures: nColumns,
      nOutputs: nValues,
      nSums: nScores,
      isCategory: (column) => 'bins' in columns[column],
      sources: { count: features.length, of: (column) => columns[column].feature },
    });
  }

  /** The number of columns of bins. */
  get nColumns(): number {
    return this.#columns.length;
  }

  /** The bin of each row in each column. @throws as `ensembleColumns`. */
  codes(x: Table): Uint8Array[] {
    const values = ensembleColumns(this.#features, x);
    return this.#columns.map((column) => {
      const ofFeature = values[column.feature];
      return 'edges' in column
        ? binCodes(ofFeature, column.edges)
        : Uint8Array.from(ofFeature, (code) => column.bins[code]);
    });
  }

  /** The contribution of each feature of the ensemble to each score. */
  contributions(x: Table, nScores: number): Attribution[] {
    return treeContributions(this, this.list, x, nScores);
  }
}

/** All trees of an ensemble, in as few lists as the limit on columns allows. */
export function binnedTrees(trees: EnsembleTrees, nScores: number): BinnedTrees[] {
  const perRound = trees.nValues === 1 ? nScores : 1;
  const lists: BinnedTrees[] = [];
  let start = 0;
  let nOf = new Map<number, Set<number | string>>();
  for (let tree = 0; tree < trees.length; tree += perRound) {
    const earlier = nOf;
    nOf = withSplits(trees, tree, tree + perRound, earlier);
    if (tree > start && nColumnsFor(trees, nOf) > MAX_COLUMNS) {
      lists.push(new BinnedTrees(trees, nScores, start, tree));
      start = tree;
      nOf = withSplits(trees, tree, tree + perRound, new Map());
    }
  }
  if (start < trees.length) lists.push(new BinnedTrees(trees, nScores, start, trees.length));
  return lists;
}

/** Adds the splits of more trees to the distinct splits of each feature; modifies the map. */
function withSplits(
  trees: EnsembleTrees,
  from: number,
  to: number,
  nOf: Map<number, Set<number | string>>,
): Map<number, Set<number | string>> {
  const { columns } = trees.arrays;
  const last = to < trees.length ? trees.roots[to] : columns.length;
  for (let node = trees.roots[from]; node < last; node++) {
    if (columns[node] === LEAF_COLUMN) continue;
    const feature = columns[node] % trees.features.length;
    const known = nOf.get(feature) ?? new Set();
    known.add(trees.features[feature].levels ? setKey(trees, feature, trees.setsAt[node]) : trees.cuts[node]);
    nOf.set(feature, known);
  }
  return nOf;
}

function nColumnsFor({ features }: EnsembleTrees, nOf: ReadonlyMap<number, ReadonlySet<unknown>>): number {
  let n = 0;
  for (const [feature, { size }] of nOf) {
    n += Math.ceil(size / (features[feature].levels ? SETS_PER_COLUMN : MAX_BINS - 1));
  }
  return n;
}

/** The thresholds of each feature, ascending, and its sets: the offset of each in the words of all sets, and its index. */
function distinctSplits(trees: EnsembleTrees, first: number, last: number) {
  const { columns } = trees.arrays;
  const cuts = trees.features.map(() => new Set<number>());
  const sets = trees.features.map(() => new Map<string, { readonly at: number; readonly place: number }>());
  for (let node = first; node < last; node++) {
    if (columns[node] === LEAF_COLUMN) continue;
    const feature = columns[node] % trees.features.length;
    if (!trees.features[feature].levels) {
      cuts[feature].add(trees.cuts[node]);
      continue;
    }
    const at = trees.setsAt[node];
    const key = setKey(trees, feature, at);
    const known = sets[feature];
    if (!known.has(key)) known.set(key, { at, place: known.size });
  }
  return { thresholds: cuts.map((each) => Float64Array.from(each).sort()), sets };
}

function setKey({ arrays, features }: EnsembleTrees, feature: number, at: number): string {
  return arrays.sets.subarray(at, at + Math.ceil((missingCode(features[feature]) + 1) / 32)).join();
}

/** One column with a bin for each code if there are few of them; otherwise one for some sets each. */
function setColumns(
  feature: number,
  maxCode: number,
  sets: ReadonlyMap<string, { readonly at: number }>,
  words: Int32Array,
): BinColumn[] {
  if (sets.size === 0) return [];
  if (maxCode < MAX_BINS) {
    return [{ feature, bins: Uint8Array.from({ length: maxCode + 1 }, (_, code) => code) }];
  }
  const starts = Array.from(sets.values(), ({ at }) => at);
  return Array.from({ length: Math.ceil(starts.length / SETS_PER_COLUMN) }, (_, part) => {
    const ofPart = starts.slice(part * SETS_PER_COLUMN, (part + 1) * SETS_PER_COLUMN);
    const bins = Uint8Array.from({ length: maxCode + 1 }, (_, code) =>
      ofPart.reduce((bin, at, i) => bin | (((words[at + (code >> 5)] >>> (code & 31)) & 1) << i), 0),
    );
    return { feature, bins };
  });
}

function binSet(goesRight: (bin: number) => boolean): Int32Array {
  const set = new Int32Array(SET_WORDS);
  for (let bin = 0; bin < 32 * SET_WORDS; bin++) if (goesRight(bin)) set[bin >> 5] |= 1 << (bin & 31);
  return set;
}

function inParts(values: Float64Array, size: number): Float64Array[] {
  const parts = Array.from({ length: Math.ceil(values.length / size) }, (_, i) => i * size);
  return parts.map((from) => values.subarray(from, from + size));
}
