import { open, readFile, writeFile } from 'node:fs/promises';
import { type Cell, type Column, Table } from '@churn/core';
import fc from 'fast-check';
import { useTempFolder } from '../files/temp-folder';
import { cellReader } from '../records/cell-reader';
import { formatTable } from './format-table';
import { readCsv } from './read-csv';
import { writeCsv } from './write-csv';

const temp = useTempFolder();
// Each writes a file, or two.
const RUNS = 300;

// Where other work writes much, each file would wait for the disk, some hundreds of them for minutes.
beforeAll(async () => {
  const handle = await open(__filename);
  jest.spyOn(Object.getPrototypeOf(handle), 'sync').mockResolvedValue(undefined);
  await handle.close();
});
afterAll(() => jest.restoreAllMocks());

/** A writer that is slow and plain: each field by the rules alone. */
function plainly(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  { delimiter = ',', escapeFormulas = false, end = '\n' } = {},
): string {
  const field = (cell: Cell) => {
    let text = cell === null || Number.isNaN(cell) ? '' : Object.is(cell, -0) ? '-0' : `${cell}`;
    if (escapeFormulas && typeof cell === 'string' && '=+-@\t\r\n'.includes(text[0] ?? 'x')) {
      const isNumber = text.trim() !== '' && Number.isFinite(Number(text)) && !/0[xob]/i.test(text);
      if (!isNumber) text = `'${text}`;
    }
    const isOdd = ['"', '\r', '\n', '\uFEFF', ...delimiter].some((mark) => text.includes(mark));
    const isTakenForMore = /[,;\t|]/.test(text) || /^sep=.$/i.test(text) || text === '';
    return isOdd || (header.length === 1 && isTakenForMore) ? `"${text.split('"').join('""')}"` : text;
  };
  return [header, ...rows].map((cells) => cells.map(field).join(delimiter) + end).join('');
}

const numbers = fc.oneof(
  fc.double(),
  fc.constantFrom(
    -0,
    0,
    NaN,
    Infinity,
    -Infinity,
    5e-324,
    -1.7976931348623157e308,
    1e21,
    1e-7,
    2 ** 53,
    0.1 + 0.2,
  ),
  fc.tuple(fc.maxSafeInteger(), fc.nat(20)).map(([digits, places]) => Number(`${digits}e-${places}`)),
  fc.integer(),
);
const marks = fc.constantFrom(
  ...[
    '"',
    '""',
    ',',
    ';',
    ':',
    '|',
    '\t',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\uFEFF',
    "'",
    '=1+1',
    '-1',
    '@',
    'é',
    '😀',
    'x',
    '0',
  ],
);
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.string({ unit: marks, maxLength: 5 }),
  fc.constantFrom(
    '',
    'NA',
    'null',
    'NaN',
    'Infinity',
    'true',
    'TRUE',
    '1.0',
    '007',
    'sep=;',
    '__proto__',
    '"',
    ' ',
  ),
  fc.string({ unit: marks, minLength: 60, maxLength: 90 }),
);
const columns = fc.oneof(
  fc.record({
    kind: fc.constant('numeric' as const),
    values: fc.array(numbers, { minLength: 5, maxLength: 5 }),
  }),
  fc.record({
    kind: fc.constant('category' as const),
    values: fc.array(fc.option(texts), { minLength: 5, maxLength: 5 }),
  }),
);
/** Of 1 to 4 columns and 0 to 5 rows. */
const tables = fc
  .tuple(fc.array(columns, { minLength: 1, maxLength: 4 }), fc.nat(5))
  .map(([made, nRows]) => ({
    columns: made.map(({ kind, values }) => ({ kind, values: (values as Cell[]).slice(0, nRows) })),
    nRows,
  }));

function tableOf({ columns, nRows }: { columns: { kind: string; values: Cell[] }[]; nRows: number }): Table {
  const pairs = columns.map(({ kind, values }, j): [string, Column] => {
    if (kind === 'numeric') return [`c${j}`, { kind, values: Float64Array.from(values as number[]) }];
    const levels = [...new Set(values.filter((value) => value !== null))] as string[];
    const codes = Int32Array.from(values, (value) => (value === null ? -1 : levels.indexOf(value as string)));
    return [`c${j}`, { kind: 'category', codes, levels }];
  });
  return Table.fromColumns(pairs, nRows);
}

const rowsOf = ({ columns, nRows }: { columns: { values: Cell[] }[]; nRows: number }) =>
  Array.from({ length: nRows }, (_, row) => columns.map(({ values }) => values[row]));

describe('writeCsv', () => {
  const options = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|', '::', '.', '1', 'e', '-'),
    escapeFormulas: fc.boolean(),
  });

  it('writes the same as a simple reference writer, for tables and records', async () => {
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(tables, options, async (made, told) => {
        tried++;
        const table = tableOf(made);
        const rows = rowsOf(made);
        const expected = plainly(table.names, rows, told);
        await writeCsv(temp('table.csv'), table, told);
        expect(await readFile(temp('table.csv'), 'utf8')).toBe(wellFormed(expected));
        await writeCsv(temp('records.csv'), { header: table.names, records: rows }, told);
        expect(await readFile(temp('records.csv'), 'utf8')).toBe(wellFormed(expected));
      }),
      { numRuns: RUNS, seed: 1 },
    );
    process.stdout.write(`${tried} tables written\n`);
  });

  it('writes the blocks of a table in order, even if no thread can be started', async () => {
    const n = 30_000;
    const values = Float64Array.from({ length: n }, (_, i) => (i % 7 === 0 ? NaN : i / 8));
    const codes = Int32Array.from({ length: n }, (_, i) => (i % 5) - 1);
    const levels = ['a', 'b,c', 'é', 'x'.repeat(200)];
    const table = Table.fromColumns(
      Array.from({ length: 6 }, (_, j) => [`c${j}`, j % 2 ? { kind: 'category', codes, levels } : values]),
    );
    const pieces: Uint8Array[] = [];
    const all = Array.from(table.entries(), ([, column]) => column);
    for await (const piece of formatTable(all, n, { isSingle: false }, 3, 0)) pieces.push(piece);
    expect(pieces.length).toBeGreaterThan(1);
    await writeCsv(temp('one.csv'), table, { threads: 1 });
    const rows = table.toRows().map((row) => Object.values(row) as Cell[]);
    const expected = plainly(table.names, rows);
    expect(`${table.names}\n${Buffer.concat(pieces)}` === expected).toBe(true);
    expect((await readFile(temp('one.csv'), 'utf8')) === expected).toBe(true);
  });

  it('writes nothing if a record has another number of values', async () => {
    await writeFile(temp('old.csv'), 'old');
    const records = [...Array(5000).fill([1, 2]), [1]];
    for (const content of [records, records.values()]) {
      await expect(writeCsv(temp('old.csv'), { header: ['a', 'b'], records: content })).rejects.toThrow(
        'row 5000: expected 2 values as in the header, got 1',
      );
    }
    expect(await readFile(temp('old.csv'), 'utf8')).toBe('old');
  });
});

describe('readCsv', () => {
  it('reads back the same numbers and categories with any line end', async () => {
    const layouts = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|', '::'),
      end: fc.constantFrom('\n', '\r\n'),
      mark: fc.constantFrom('', '\uFEFF'),
    });
    const spelt = cellReader({ kind: 'category' });
    let tried = 0;
    await fc.assert(
      fc.asyncProperty(tables, layouts, async (made, { delimiter, end, mark }) => {
        const table = tableOf(made);
        // An infinite number is a text, which does not fit a column of numbers.
        const areFinite = made.columns.every(
          ({ values }) => !values.includes(Infinity) && !values.includes(-Infinity),
        );
        if (made.nRows === 0 || !areFinite) return;
        tried++;
        await writeFile(temp('in.csv'), mark + plainly(table.names, rowsOf(made), { delimiter, end }));
        const schema = made.columns.map(({ kind }, j) => ({
          name: `c${j}`,
          kind: kind as 'numeric' | 'category',
        }));
        const read = await readCsv(temp('in.csv'), { delimiter, schema });
        const expected = made.columns.map(({ kind, values }) =>
          values.map((value) =>
            kind === 'numeric' ? (Number.isNaN(value) ? null : value) : spelt(wellFormed(value)),
          ),
        );
        expect(read.names.map((name) => read.toRows().map((row) => row[name]))).toEqual(expected);
      }),
      { numRuns: RUNS, seed: 2 },
    );
    expect(tried).toBeGreaterThan(RUNS / 4);
  });
});

/** As UTF-8 has it, which has no half of a pair. */
function wellFormed<T>(text: T): T {
  return typeof text === 'string' ? (Buffer.from(text).toString() as T) : text;
}
