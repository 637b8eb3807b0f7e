import { packArray, Random, StateReader, Table } from '@churn/core';
import { Binning, rowCodes } from './binning.js';
import { LEAF_COLUMN, type TreeArrays } from './tree-arrays.js';
import { TreeList } from './tree-list.js';

/** Two trees over two numeric columns and a category; the second is a single leaf. */
const arrays: TreeArrays = {
  // The root compares a, its left child the level, and its right child b, where missing values go left.
  columns: Uint16Array.of(0, 2, 4, LEAF_COLUMN, LEAF_COLUMN, LEAF_COLUMN, LEAF_COLUMN, LEAF_COLUMN),
  bins: Uint8Array.of(3, 0, 1, 0, 0, 0, 0, 0),
  sets: Int32Array.of(0b101, 0, 0, 0, 0, 0, 0, 0),
  nodesPerTree: Int32Array.of(7, 1),
  leafValues: Float64Array.of(1, 2, 4, 8, 100),
  leafWeights: Float32Array.of(1, 1, 1, 1, 4),
};
const shape = { nFeatures: 3, nOutputs: 1, isCategory: (feature: number) => feature === 2 };

/** The leaf of the first tree, by comparing values. */
function slow(a: number, b: number, level: number): number {
  if (a <= 3) return [0, 2].includes(level) ? 2 : 1;
  return b <= 1 || b === 255 ? 4 : 8;
}

it('finds the same leaves as a walk down the trees, within and across blocks', () => {
  const random = new Random(1);
  const rows = Array.from({ length: 700 }, () =>
    [0, 1, 2].map(() => (random.uniform() < 0.2 ? 255 : random.int(7))),
  );
  const codes = [0, 1, 2].map((j) => Uint8Array.from(rows, (row) => row[j]));
  const trees = new TreeList(arrays, shape);
  const [sums] = trees.sums(codes, 700);
  expect(Array.from(sums)).toEqual(rows.map(([a, b, level]) => slow(a, b, level) + 100));
  expect(new Set(trees.leavesOf(1, rowCodes(codes), 700))).toEqual(new Set([4]));
  // With two sums, the first tree adds to one and the second to the other.
  const apart = new TreeList(arrays, { ...shape, nSums: 2 }).sums(codes, 700);
  expect(apart.map((sum) => sum[0])).toEqual([slow(rows[0][0], rows[0][1], rows[0][2]), 100]);
});

it('is restored from its state', () => {
  const trees = new TreeList(arrays, shape);
  const state = new StateReader('trees', JSON.parse(JSON.stringify(trees.state)));
  expect(TreeList.restore(state, shape).arrays).toEqual(arrays);
});

it.each<[string, Partial<TreeArrays>]>([
  ['a column that does not exist', { columns: Uint16Array.from(arrays.columns).fill(6, 0, 1) }],
  ['more nodes than its trees', { nodesPerTree: Int32Array.of(7) }],
  ['fewer nodes than its trees', { nodesPerTree: Int32Array.of(7, 2) }],
  ['a tree without nodes', { nodesPerTree: Int32Array.of(7, 0, 1) }],
  ['a node without children', { columns: Uint16Array.from(arrays.columns).fill(0, 6, 7) }],
  ['too few splits', { columns: Uint16Array.from(arrays.columns).fill(LEAF_COLUMN, 2, 3) }],
  ['too few bins', { bins: arrays.bins.subarray(1) }],
  ['too few sets', { sets: new Int32Array(0) }],
  ['too few leaves', { leafValues: arrays.leafValues.subarray(1) }],
  ['a leaf without a number', { leafValues: Float64Array.of(1, 2, NaN, 8, 100) }],
  ['a negative weight', { leafWeights: Float32Array.of(1, 1, -1, 1, 4) }],
])('rejects %s', (_, change) => {
  expect(() => new TreeList({ ...arrays, ...change }, shape)).toThrow(
    expect.objectContaining({
      code: 'model-file',
      message: expect.stringContaining('the trees are damaged'),
    }),
  );
});

describe('Binning', () => {
  const x = Table.fromColumns({ a: [1, 2, NaN, 4], level: ['u', 'v', null, 'u'] });

  it('bins numbers and levels, and treats unseen levels as missing', () => {
    const binning = Binning.learn(x, 255, true);
    expect(binning.codes(x)).toEqual([Uint8Array.of(0, 1, 255, 2), Uint8Array.of(0, 1, 255, 0)]);
    const asked = Table.fromColumns({ level: ['w', '__proto__', 'v'], a: [0, 9, 3] });
    expect(binning.codes(asked)).toEqual([Uint8Array.of(0, 2, 1), Uint8Array.of(255, 255, 1)]);
    expect(binning.names).toEqual(['a', 'level']);
  });

  it('has a bin for each of the 255 most frequent levels, and treats the others as missing', () => {
    const level = Array.from({ length: 300 }, (_, i) => `l${i}`).flatMap((name, i) =>
      // The levels 20 to 64 are the rarest.
      Array.from({ length: i >= 20 && i < 65 ? 1 : 2 }, () => name),
    );
    const table = Table.fromColumns({ level });
    const [codes] = Binning.learn(table, 255, true).codes(table);
    const ofLevel = new Map(level.map((name, row) => [name, codes[row]]));
    const missing = [...ofLevel].filter(([, code]) => code === 255).map(([name]) => name);
    expect(missing).toEqual(Array.from({ length: 45 }, (_, i) => `l${20 + i}`));
    expect(new Set(codes).size).toBe(256);
  });

  it('rejects a state with too many or duplicate levels', () => {
    const restore = (levels: string[]) => () =>
      Binning.restore(new StateReader('', { features: [{ name: 'a', levels }] }));
    const levels = Array.from({ length: 255 }, (_, i) => `l${i}`);
    expect(restore(levels)().features).toEqual([{ name: 'a', levels }]);
    for (const wrong of [
      [...levels, 'one more'],
      ['u', 'v', 'u'],
    ]) {
      expect(restore(wrong)).toThrow(
        expect.objectContaining({
          code: 'model-file',
          message: expect.stringContaining('expected "levels" to be '),
        }),
      );
    }
  });

  it('rejects categories if numbers are expected', () => {
    expect(() => Binning.learn(x, 255, false)).toThrow('column "level": expected numbers, got categories');
  });

  it('is restored from its state, which it checks', () => {
    const { state } = Binning.learn(x, 255, true);
    const restore = (features: unknown) =>
      Binning.restore(new StateReader('', JSON.parse(JSON.stringify({ features }))));
    expect(restore(state.features).codes(x)).toEqual(Binning.learn(x, 255, true).codes(x));
    expect(() => restore([{ name: 'a', edges: packArray(Float64Array.of(2, 1)) }])).toThrow(
      'expected "edges" to be up to 254 ascending numbers',
    );
  });
});
