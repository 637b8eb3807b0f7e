import { Table } from '@churn/core';
import { RowSample } from './row-sample.js';

const numbers = (from: number, to: number) =>
  Table.fromColumns({
    n: Array.from({ length: to - from }, (_, i) => from + i),
    text: Array.from({ length: to - from }, (_, i) => `t${(from + i) % 7}`),
  });

it('keeps all rows of a short input in order, and handles an empty one', () => {
  expect(new RowSample(5, 1).table()).toBeUndefined();
  const sample = new RowSample(5, 1);
  sample.add(numbers(0, 0));
  sample.add(numbers(0, 2));
  sample.add(numbers(2, 4));
  expect(sample.table()?.toRows()).toEqual(numbers(0, 4).toRows());
});

it('samples whole rows, each once, in order, however the input is chunked', () => {
  const drawn = (size: number) => {
    const sample = new RowSample(50, 3);
    for (let row = 0; row < 2000; row += size) sample.add(numbers(row, row + size));
    return sample.table()?.toRows();
  };
  const rows = drawn(2000) ?? [];
  expect(rows).toHaveLength(50);
  expect(
    rows.every(
      ({ n, text }, i) => text === `t${Number(n) % 7}` && (i === 0 || Number(n) > Number(rows[i - 1].n)),
    ),
  ).toBe(true);
  expect(drawn(1)).toEqual(rows);
  expect(drawn(40)).toEqual(rows);
});

it('samples each row with equal probability', () => {
  const hits = new Float64Array(40);
  for (let seed = 0; seed < 2000; seed++) {
    const sample = new RowSample(10, seed);
    for (let row = 0; row < 40; row += 8) sample.add(numbers(row, row + 8));
    for (const n of sample.table()?.numeric('n') ?? []) hits[n]++;
  }
  // 500 each are expected, with a deviation of 19.
  expect(Math.min(...hits)).toBeGreaterThan(500 - 6 * 19);
  expect(Math.max(...hits)).toBeLessThan(500 + 6 * 19);
});
