import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Table } from '@churn/core';
import {
  Table as ArrowTable,
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  tableFromIPC,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { useTempFolder } from '../files/temp-folder';
import { readRows } from '../records/read-rows';
import { arrow } from './arrow';
import { toArrow } from './to-arrow';

const temp = useTempFolder();
const reference = (name: string) => join(__dirname, '../../test/reference', name);

it.each(['numbers.lz4.feather', 'numbers.zstd.feather'])(
  'reads files compressed by pyarrow: %s',
  async (name) => {
    const { header, records, lines } = await arrow.read(reference(name));
    expect(header).toEqual(['n']);
    expect(records).toEqual(Array.from({ length: 20_000 }, (_, i) => [(i % 50) / 2]));
    expect(lines[19_999]).toBe(20_000);
  },
);

it('reads values of each type as in JSON', async () => {
  const { header, records, isTyped } = await arrow.read(reference('kinds.arrow'));
  expect(isTyped).toBe(true);
  const row = (record: readonly unknown[]) => Object.fromEntries(header.map((name, j) => [name, record[j]]));
  expect(row(records[0])).toEqual({
    number: 1.5,
    single: 0.5,
    whole: 2n ** 60n + 1n,
    decimal: 12.34,
    boolean: true,
    day: '2024-02-29',
    time: '2024-02-29T13:45:00',
    instant: '2024-02-29T13:45:00.000Z',
    text: 'a',
    large: 'a',
    level: 'x',
  });
  expect(Object.values(row(records[1]))).toEqual(header.map(() => null));
  expect(row(records[2])).toMatchObject({ number: null, decimal: -0.01, day: '1969-12-31', level: 'y' });
});

const CUSTOMERS = Table.fromRows([
  { age: 45, plan: 'basic' },
  { age: null, plan: 'plus' },
  { age: -1.5, plan: null },
]);

describe('toArrow', () => {
  it('returns valid input of Table.fromArrow', async () => {
    const cell = fc.option(fc.double({ noNaN: true }), { nil: null });
    const level = fc.option(fc.constantFrom('a', 'é', ''), { nil: null });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ n: cell, c: level }), { maxLength: 70 }), async (rows) => {
        const table = Table.fromRows(rows, new Map([['n', 'numeric'] as const, ['c', 'category'] as const]));
        const back = Table.fromArrow(await toArrow(table));
        expect(back.toRows()).toEqual(table.toRows());
        const read = Table.fromArrow(tableFromIPC(tableToIPC(await toArrow(table), 'file')));
        expect(read.toRows()).toEqual(table.toRows());
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('shares the memory of numbers and codes', async () => {
    const made = await toArrow(CUSTOMERS);
    expect(made.getChild('age')?.data[0].values.buffer).toBe(CUSTOMERS.numeric('age').buffer);
    expect(made.getChild('plan')?.data[0].values.buffer).toBe(CUSTOMERS.category('plan').codes.buffer);
    expect(made.getChild('age')?.nullCount).toBe(1);
    expect(Array.from(made.getChild('plan') ?? [])).toEqual(['basic', 'plus', null]);
  });
});

async function* chunksOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 100) yield bytes.subarray(start, start + 100);
}

describe('arrow.open', () => {
  const table = new ArrowTable({
    name: vectorFromArray(['Ann', 'Bob', 'Cy', 'Di'], new Utf8()),
    age: vectorFromArray([30, Number.POSITIVE_INFINITY, 50, null]),
    plan: vectorFromArray(['a', null, 'b', 'a'], new Dictionary(new Utf8(), new Int32())),
    tags: vectorFromArray([[1], [2, 3], [], null], new List(new Field('item', new Float64()))),
  });
  const added = [
    { name: 'p', kind: 'numeric' },
    { name: 'why', kind: 'category' },
  ] as const;

  it.each(['file', 'stream'] as const)('writes a %s unchanged except for added columns', async (format) => {
    const bytes = tableToIPC(table, format);
    const source = readRows(await arrow.open(chunksOf(bytes)), {
      schema: [{ name: 'age', kind: 'numeric' }],
    });
    expect(source.name).toBe('standard input');
    const pieces: unknown[] = [];
    const rejected: unknown[] = [];
    for await (const batch of source.batches(added)) {
      const rows = Int32Array.from({ length: batch.table.nRows }, (_, i) => i);
      pieces.push(
        batch.format(rows, [
          Array.from(rows, (i) => i / 4),
          Array.from(rows, (i) => (i === 1 ? null : `row ${i}`)),
        ]),
      );
      rejected.push(...batch.rejected);
    }
    const written = source.end() as Uint8Array;
    expect(pieces.join('')).toBe('');
    expect(rejected).toEqual([
      {
        line: 2,
        reason: 'column "age": expected a number, got Infinity',
        row: '{"name":"Bob","age":null,"plan":null,"tags":"[2,3]"}',
      },
    ]);
    expect(Buffer.from(written.subarray(0, 6)).toString() === 'ARROW1').toBe(format === 'file');
    const result = tableFromIPC(written);
    expect(result.schema.fields.map(({ name, type }) => `${name}: ${type}`)).toEqual([
      ...table.schema.fields.map(({ name, type }) => `${name}: ${type}`),
      'p: Float64',
      'why: Utf8',
    ]);
    expect(result.schema.fields[3].type).toBeInstanceOf(List);
    expect(JSON.parse(JSON.stringify(result.toArray()))).toEqual([
      { name: 'Ann', age: 30, plan: 'a', tags: [1], p: 0, why: 'row 0' },
      { name: 'Cy', age: 50, plan: 'b', tags: [], p: 0.25, why: null },
      { name: 'Di', age: null, plan: 'a', tags: null, p: 0.5, why: 'row 2' },
    ]);
  });

  it('rejects inputs without a column of the model or with an output column', async () => {
    await writeFile(temp('a.arrow'), tableToIPC(table, 'file'));
    const next = async (name: string, kind: 'numeric' | 'category', more: typeof added | []) =>
      (await arrow.open(temp('a.arrow'))).batches([{ name, kind }], more)[Symbol.asyncIterator]().next();
    await expect(next('agee', 'numeric', [])).rejects.toMatchObject({ code: 'column-name' });
    await expect(next('tags', 'numeric', [])).rejects.toThrow(
      `${temp('a.arrow')}: column "tags": expected scalar values, got List<Float64>`,
    );
    const scored = table.assign(new ArrowTable({ p: vectorFromArray([1, 2, 3, 4]) }));
    await writeFile(temp('a.arrow'), tableToIPC(scored, 'file'));
    await expect(next('age', 'numeric', added)).rejects.toThrow('already has a column "p"');
  });
});

it.each([
  ['other files', Buffer.from('id,plan\n1,a\n'), 'cannot be read as Arrow: '],
  [
    'a truncated file',
    tableToIPC(new ArrowTable({ x: vectorFromArray([1]) }), 'file').subarray(0, -30),
    'cannot be read as Arrow: it is truncated',
  ],
  ['nothing', Buffer.of(), 'empty, expected Arrow'],
  ['no rows', tableToIPC(new ArrowTable({ x: vectorFromArray([1]).slice(0, 0) }), 'file'), 'no rows'],
])('reports what is wrong with %s', async (_, bytes, message) => {
  await writeFile(temp('a.arrow'), bytes);
  const whole = await arrow.read(temp('a.arrow')).catch((error) => error);
  expect(whole).toMatchObject({ name: 'ChurnError', code: 'invalid-file' });
  expect(whole.message).toContain(`${temp('a.arrow')}: ${message}`);
});
