import { RowBatcher } from './row-batcher';

it('processes simultaneous rows together, and returns each its own result', async () => {
  const batches: number[][] = [];
  const batcher = new RowBatcher((rows: readonly number[]) => {
    batches.push([...rows]);
    return rows.map((row) => row * row);
  });
  expect(await Promise.all([batcher.add(1), batcher.add(2), batcher.add(3)])).toEqual([1, 4, 9]);
  expect(await batcher.add(4)).toBe(16);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

it('lets a row fail alone, and continues', async () => {
  const batcher = new RowBatcher((rows: readonly number[]) => {
    if (rows.includes(0)) throw new Error('zero');
    return rows.map((row) => 2 * row);
  });
  const results = await Promise.allSettled([1, 0, 3, 0].map((row) => batcher.add(row)));
  expect(results).toEqual([
    { status: 'fulfilled', value: 2 },
    { status: 'rejected', reason: new Error('zero') },
    { status: 'fulfilled', value: 6 },
    { status: 'rejected', reason: new Error('zero') },
  ]);
  expect(await batcher.add(5)).toBe(10);
});
