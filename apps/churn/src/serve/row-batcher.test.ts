import { RowBatcher } from './row-batcher';

it('works on rows that come together at once, and gives each its own result', async () => {
  const batches: number[][] = [];
  const batcher = new RowBatcher((rows: readonly number[]) => {
    batches.push([...rows]);
    return rows.map((row) => row * row);
  });
  expect(await Promise.all([batcher.add(1), batcher.add(2), batcher.add(3)])).toEqual([1, 4, 9]);
  expect(await batcher.add(4)).toBe(16);
  expect(batches).toEqual([[1, 2, 3], [4]]);
});

it('rejects all rows of a batch that fails, and goes on', async () => {
  const batcher = new RowBatcher((rows: readonly number[]) => {
    if (rows.includes(0)) throw new Error('zero');
    return rows;
  });
  const results = await Promise.allSettled([batcher.add(1), batcher.add(0)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await batcher.add(5)).toBe(5);
});
