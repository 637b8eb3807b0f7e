import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '@churn/core';
import { csv } from '../csv/csv';
import type { DatasetSchema } from '../dataset/dataset-schema';
import { toDataset } from '../dataset/to-dataset';
import { jsonLines } from '../json/json-lines';
import { readTables, type TableBatchOptions } from './read-tables';

const schema: DatasetSchema = [
  { name: 'spent', kind: 'numeric', max: 1e6 },
  { name: 'plan', kind: 'category' },
  { name: 'since', kind: 'date', dateOrder: 'dayFirst' },
];
const N = 90_000;
const line = (i: number) => `${i},"$${i % 997}.50",${['basic', 'Plus', ''][i % 3]},0${1 + (i % 9)}.02.2024`;

describe('readTables', () => {
  let folder: string;
  let file: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tables-'));
    file = join(folder, 'customers.csv');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function read(rows: readonly string[], options: Partial<TableBatchOptions> = {}) {
    await writeFile(file, ['id,spent,plan,since', ...rows, ''].join('\n'));
    const batches: { readonly table: Table; readonly lines: ArrayLike<number> }[] = [];
    for await (const batch of readTables(await csv.open(file), { schema, ...options })) batches.push(batch);
    return batches;
  }

  it('returns the table of a file in batches, with the line of each row', async () => {
    const batches = await read(Array.from({ length: N }, (_, i) => line(i)));
    expect(batches.length).toBeGreaterThan(2);
    const [{ table: first }, ...others] = batches;
    const all = first.concat(...others.map(({ table }) => table));
    const columns = schema.map(({ name }) => name);
    const { table } = toDataset(await csv.read(file), schema, { columns });
    expect(all.names).toEqual(columns);
    expect(all.numeric('spent')).toEqual(table.numeric('spent'));
    for (const row of [0, 1, 45_678, N - 1]) expect(all.row(row)).toEqual(table.row(row));
    const lines = batches.flatMap((batch) => Array.from(batch.lines));
    expect(lines).toHaveLength(N);
    expect(lines[45_678]).toBe(45_680);
  });

  it('reads JSON lines in the same way', async () => {
    const path = join(folder, 'customers.jsonl');
    const rows = [
      { spent: 3, plan: 'basic', since: '2024-02-29' },
      { spent: null, plan: 'plus' },
    ];
    await writeFile(path, rows.map((row) => JSON.stringify(row)).join('\n'));
    const batches = [];
    for await (const { table } of readTables(await jsonLines.open(path), { schema })) batches.push(table);
    expect(batches.flatMap((table) => table.toRows())).toEqual([
      { spent: 3, plan: 'basic', since: '2024-02-29' },
      { spent: null, plan: 'plus', since: null },
    ]);
  });

  it.each<[string, string, Partial<TableBatchOptions>, string]>([
    [
      'a text among numbers',
      '1,many,basic,',
      {},
      'column "spent": expected a number, got "many" in line 50002',
    ],
    [
      'an invalid number',
      '1,1000001,basic,',
      {},
      'column "spent": expected 1000000 or less, got 1000001 in line 50002',
    ],
    [
      'an invalid date',
      '1,1,basic,30.02.2024',
      {},
      'column "since": expected a date such as 29.02.2024, got "30.02.2024" (there is no such day) in line 50002',
    ],
    [
      'too few fields',
      '1,1',
      {},
      'customers.csv, line 50002: expected 4 fields, got 2; no value for column "plan"',
    ],
    [
      'the same, with invalid values read as missing',
      '1,1',
      { invalidValues: 'missing' },
      'line 50002: expected 4 fields',
    ],
  ])('rejects %s, naming its line', async (_, odd, options, message) => {
    const rows = Array.from({ length: 50_000 }, (_, i) => line(i));
    await expect(read([...rows, odd, line(1)], options)).rejects.toThrow(message);
  });

  it('reads invalid values as missing, unless there are many', async () => {
    const rows = (every: number) =>
      Array.from({ length: 1000 }, (_, i) => (i % every ? line(i) : `${i},?!,basic,`));
    const [{ table }] = await read(rows(20), { invalidValues: 'missing' });
    expect(table.numeric('spent')[20]).toBeNaN();
    await expect(read(rows(5), { invalidValues: 'missing' })).rejects.toThrow(
      'column "spent": expected a number, got "?!" in line 2, and invalid values in 200 of 1000 rows that have a value',
    );
  });

  it('rejects a missing column', async () => {
    const told: DatasetSchema = [{ name: 'age', kind: 'numeric' }];
    await expect(read([line(1)], { schema: told })).rejects.toThrow('age');
  });
});
