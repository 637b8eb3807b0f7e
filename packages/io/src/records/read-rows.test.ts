import { writeFileSync } from 'node:fs';
import type { Table, TableSchema } from '@churn/core';
import fc from 'fast-check';
import { csv } from '../csv/csv';
import { csvRecordFormatter } from '../csv/format-csv';
import type { DatasetSchema } from '../dataset/dataset-schema';
import { useTempFolder } from '../files/temp-folder';
import { jsonLines } from '../json/json-lines';
import { cellReader } from './cell-reader';
import { readRows } from './read-rows';
import { formatOf, type RecordFormat, type RejectedRow } from './record-format';
import { toTable } from './to-table';

const inFolder = useTempFolder();
const schema: DatasetSchema = [
  { name: 'age', kind: 'numeric' },
  { name: 'plan', kind: 'category' },
  { name: 'joined', kind: 'date' },
];
const columns = schema.map(({ name }) => name);
const added: TableSchema = [{ name: 'score', kind: 'numeric' }];

/** Reads all rows, and writes each again with its place as its score. */
async function through(format: RecordFormat, text: string) {
  const rows: unknown[] = [];
  const lines: number[] = [];
  const rejected: RejectedRow[] = [];
  let output = '';
  const source = readRows(await format.open(one(text)), { schema });
  for await (const batch of source.batches(added)) {
    rows.push(...batch.table.toRows());
    lines.push(...Array.from(batch.lines));
    rejected.push(...batch.rejected);
    const all = Int32Array.from({ length: batch.table.nRows }, (_, row) => row);
    output += batch.format(all, [Array.from(all)]);
  }
  return { rows, lines, rejected, output: output + source.end() };
}

async function* one(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

describe('readRows', () => {
  const fitting = [
    { age: 45, plan: 'A', joined: '2024-02-29' },
    { age: null, plan: null, joined: null },
  ];

  it('reads CSV, rejects invalid rows with all their problems, and writes the others unchanged', async () => {
    const { rows, lines, rejected, output } = await through(
      csv,
      'id,joined,plan,age\n1,2024-02-29,A,45\n2,today,B,old\n3,short\n4,,N/A," "\n',
    );
    expect(rows).toEqual(fitting);
    expect(lines).toEqual([2, 5]);
    expect(rejected).toEqual([
      {
        line: 3,
        reason:
          'column "age": expected a number, got "old"; column "joined": expected a date such as 2024-02-29, got "today"',
        row: '2,today,B,old',
      },
      { line: 4, reason: 'expected 4 fields, got 2; no value for column "plan"', row: '3,short' },
    ]);
    expect(output).toBe('id,joined,plan,age,score\n1,2024-02-29,A,45,0\n4,,N/A," ",1\n');
  });

  it('reads JSON lines in the same way', async () => {
    const { rows, lines, rejected, output } = await through(
      jsonLines,
      [
        '{"age":45,"plan":"A","joined":"2024-02-29","id":[1]}',
        '{"age":"old","plan":"B","joined":"today"}',
        '[]',
        '{"age":null}',
      ].join('\n'),
    );
    expect(rows).toEqual(fitting);
    expect(lines).toEqual([1, 4]);
    expect(rejected.map(({ line, reason }) => [line, reason])).toEqual([
      [
        2,
        'column "age": expected a number, got "old"; column "joined": expected a date such as 2024-02-29, got "today"',
      ],
      [3, 'expected a JSON object'],
    ]);
    expect(output).toBe(
      '{"age":45,"plan":"A","joined":"2024-02-29","id":[1],"score":0}\n{"age":null,"score":1}\n',
    );
  });

  it.each([
    [csv, 'age,plan,joined,score\n1,A,,2\n', 'already has a column "score"'],
    [csv, 'age,plan\n1,A\n', 'column "joined" is missing; the table has: age, plan'],
    [csv, 'age,plan,joinde\n1,A,\n', 'column "joined" is missing; did you mean "joinde"?'],
    [csv, 'age\n1\n', 'columns "plan", "joined" are missing; the table has: age'],
    [jsonLines, '{"age":1,"plan":"A","joined":null,"score":2}', 'already has a column "score"'],
    [jsonLines, '{"age":1,"plan":"A"}', 'column "joined" is missing from all of the first 1 rows'],
    [jsonLines, '{"age":1}', 'columns "plan", "joined" are missing from all of the first 1 rows'],
  ])('rejects an input because of its columns: %#', async (format, text, message) => {
    await expect(through(format, text)).rejects.toThrow(`standard input`);
    await expect(through(format, text)).rejects.toThrow(message);
  });
});

it('suggests no column that is read itself', async () => {
  const usage = (...years: number[]): DatasetSchema =>
    years.map((year) => ({ name: `usage_${year}`, kind: 'numeric' }));
  const first = async (schema: DatasetSchema) => {
    const source = readRows(await csv.open(one('usage_2023,plan\n1,A\n')), { schema });
    for await (const _ of source.batches()) break;
  };
  await expect(first(usage(2023, 2024))).rejects.toThrow('"usage_2024" is missing; the table has');
  await expect(first(usage(2024))).rejects.toThrow('did you mean "usage_2023"?');
});

it('the same rows result in the same table in every format, at once or in batches', async () => {
  const spelt = cellReader({ kind: 'category' });
  const text = fc
    .string({ unit: fc.constantFrom(...'ab,"\n\t;é😀1.') })
    .filter((each) => spelt(each) === each);
  const row = fc.record({
    // JSON writes -0 as 0.
    age: fc.option(fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0)),
    plan: fc.option(text),
    joined: fc.option(fc.constantFrom('2024-02-29', '2023-12-31T10:00:00')),
  });
  const tableOf = async (format: RecordFormat, content: string): Promise<Table[]> => {
    const file = inFolder(`same.${format.name}`);
    writeFileSync(file, content);
    const tables = [toTable(await format.read(file, { schema }), { schema, columns })];
    for await (const { table } of readRows(await format.open(file), { schema }).batches()) tables.push(table);
    return tables;
  };
  const record = csvRecordFormatter();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const names = columns as (keyof (typeof rows)[number])[];
      const lines = rows.map((each) => record(names.map((name) => each[name])));
      const tables = [
        ...(await tableOf(csv, `${[record(names), ...lines].join('\n')}\n`)),
        ...(await tableOf(jsonLines, rows.map((each) => JSON.stringify(each)).join('\n'))),
      ];
      expect(tables).toHaveLength(4);
      for (const table of tables) {
        expect(Array.from(table.entries())).toEqual(Array.from(tables[0].entries()));
        expect(table.toRows()).toEqual(rows);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

it.each([
  ['rows.csv', csv],
  ['rows.JSONL', jsonLines],
  ['rows.ndjson', jsonLines],
  ['rows.txt', csv],
  ['-', csv],
])('formatOf(%s)', (file, format) => {
  expect(formatOf(file, [csv, jsonLines])).toBe(format);
});
