import { Random } from '@churn/core';
import { setThreads } from '../threads/max-threads.js';
import { MISSING_BIN } from './bins.js';
import { joinTrees } from './join-trees.js';
import { LEAF_COLUMN, SET_WORDS, type TreeArrays, type TreeShape } from './tree-arrays.js';
import { TreeList } from './tree-list.js';
import { TreeScorer } from './tree-scorer.js';

const N_FEATURES = 4;
/** The last feature is a category. */
const isCategory = (feature: number) => feature === N_FEATURES - 1;

/** A tree with `nSplits` splits: a chain has one per level; otherwise a random leaf is split next. */
function drawnTree(random: Random, nSplits: number, nOutputs: number, isChain: boolean): TreeArrays {
  let level = [nSplits];
  const columns: number[] = [];
  const bins: number[] = [];
  const sets: number[] = [];
  while (level.length > 0) {
    level = level.flatMap((nBelow) => {
      const feature = random.int(N_FEATURES);
      columns.push(
        nBelow === 0 ? LEAF_COLUMN : feature + (isCategory(feature) ? 0 : N_FEATURES * random.int(2)),
      );
      bins.push(nBelow === 0 || isCategory(feature) ? 0 : random.int(MISSING_BIN));
      if (nBelow === 0) return [];
      if (isCategory(feature)) sets.push(...Array.from({ length: SET_WORDS }, () => random.uint32() | 0));
      const onLeft = isChain ? (nBelow - 1) * random.int(2) : random.int(nBelow);
      return [onLeft, nBelow - 1 - onLeft];
    });
  }
  return {
    columns: Uint16Array.from(columns),
    bins: Uint8Array.from(bins),
    sets: Int32Array.from(sets),
    nodesPerTree: Int32Array.of(columns.length),
    leafValues: Float64Array.from({ length: (nSplits + 1) * nOutputs }, () => random.normal()),
    leafWeights: new Float32Array(nSplits + 1).fill(1),
  };
}

/** Random bins, some of them missing. */
function drawnCodes(random: Random, nRows: number): Uint8Array[] {
  return Array.from({ length: N_FEATURES }, () =>
    Uint8Array.from({ length: nRows }, () =>
      random.uniform() < 0.1 ? MISSING_BIN : random.int(MISSING_BIN),
    ),
  );
}

/** The bytes of sums as text, which distinguishes -0 from 0 and is fast to compare. */
function bytesOf(sums: readonly Float64Array[]): string[] {
  return sums.map((sum) => Buffer.from(sum.buffer).toString('base64'));
}

const of = (nOutputs: number, nSums = nOutputs): TreeShape => ({
  nFeatures: N_FEATURES,
  nOutputs,
  nSums,
  isCategory,
});

// With 60 trees, 4,000 rows are enough for threads when rows are scored one by one; sets need more nodes, too.
describe.each<[string, number, number[], boolean, TreeShape]>([
  ['leaves', 60, [0], false, of(1)],
  ['leaves of many classes', 60, [0, 1], false, of(12)],
  ['small trees', 60, [0, 1, 5, 30, 900], false, of(1)],
  ['small trees of three classes', 60, [0, 3, 30, 900], false, of(3)],
  ['small trees that add to three sums in turn', 60, [0, 3, 30, 900], false, of(1, 3)],
  ['chains', 60, [700, 255], true, of(1)],
  ['long chains', 60, [6000, 1, 4500], true, of(1)],
  ['large trees', 60, [6000, 0, 9000], false, of(1)],
  ['large trees of many classes', 20, [6000, 0, 9000], false, of(12)],
])('%s', (name, nTrees, sizes, isChain, shape) => {
  const random = new Random('tree scorer', name);
  const drawn = sizes.map((nSplits) => drawnTree(random, nSplits, shape.nOutputs, isChain));
  const arrays = joinTrees(Array.from({ length: nTrees }, (_, i) => drawn[i % drawn.length]));
  const codes = drawnCodes(random, 4000);

  afterEach(() => {
    setThreads(null);
    jest.restoreAllMocks();
  });

  function plain(rows: readonly Uint8Array[]): string[] {
    const support = jest.spyOn(TreeScorer, 'isSupported', 'get').mockReturnValue(false);
    const sums = new TreeList(arrays, shape).sums(rows, rows[0].length);
    support.mockRestore();
    return bytesOf(sums);
  }

  const expected = plain(codes);

  it.each([1, 2, 3])('has sums bit-identical to plain scoring, in %i threads', (nThreads) => {
    setThreads(nThreads);
    const trees = new TreeList(arrays, shape);
    // The other threads may not have joined for the first call.
    for (let time = 0; time < 3; time++) expect(bytesOf(trees.sums(codes, 4000))).toEqual(expected);
  });

  it.each([1, 3, 4, 9, 63, 300])('has the same sums as plain scoring for %i rows', (nRows) => {
    const few = codes.map((column) => column.subarray(17, 17 + nRows));
    expect(bytesOf(new TreeList(arrays, shape).sums(few, nRows))).toEqual(plain(few));
  });
});
