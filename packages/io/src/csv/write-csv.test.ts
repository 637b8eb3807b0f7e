import { readFile } from 'node:fs/promises';
import { type Cell, schemaOf, Table } from '@churn/core';
import fc from 'fast-check';
import { useTempFolder } from '../files/temp-folder';
import { cellReader } from '../records/cell-reader';
import { toTable } from '../records/to-table';
import { csv } from './csv';
import { formatCsv } from './format-csv';
import { parseCsv } from './parse-csv';
import { readCsv } from './read-csv';
import { writeCsv } from './write-csv';

const temp = useTempFolder();

describe('writeCsv', () => {
  it('writes a table that reads back the same', async () => {
    const rows = [
      { age: 45, gender: 'M', note: 'a, "b"\nc' },
      { age: null, gender: null, note: 'x' },
    ];
    await writeCsv(temp('a.csv'), Table.fromRows(rows));
    expect(await readFile(temp('a.csv'), 'utf8')).toBe('age,gender,note\n45,M,"a, ""b""\nc"\n,,x\n');
    expect((await readCsv(temp('a.csv'))).toRows()).toEqual(rows);
  });

  it('writes back the input, including unnamed columns and number formats', async () => {
    const text = ',age,limit\n0,45,12691.0\n1,,007\n';
    await writeCsv(temp('a.csv'), parseCsv(text));
    expect(await readFile(temp('a.csv'), 'utf8')).toBe(text);
  });

  it('writes results next to the records that were read', async () => {
    const { header, records } = parseCsv('id\n7\n8\n');
    const probabilities = [0.25, 1 / 3];
    await writeCsv(temp('new', 'folder', 'out.csv'), {
      header: [...header, 'probability'],
      records: records.map((record, row): Cell[] => [...record, probabilities[row]]),
    });
    expect((await csv.read(temp('new', 'folder', 'out.csv'))).records).toEqual([
      ['7', '0.25'],
      ['8', '0.3333333333333333'],
    ]);
  });
});

it.each([0, -1, 1.5, Number.NaN, '2', null])('rejects threads: %s, even for small files', async (threads) => {
  const wrong = { threads: threads as number };
  const expected = 'threads: expected an integer of at least 1, got';
  await expect(writeCsv(temp('threads.csv'), Table.fromRows([{ a: 1 }]), wrong)).rejects.toThrow(expected);
  await writeCsv(temp('one.csv'), Table.fromRows([{ a: 1 }]));
  await expect(readCsv(temp('one.csv'), wrong)).rejects.toThrow(expected);
});

describe('the round trip', () => {
  const delimiters = fc.constantFrom(',', ';', '\t', '|', '::');
  const hostile = fc.constantFrom(
    '"',
    '""',
    ',',
    ';',
    '\n',
    '\r\n',
    '\r',
    ' ',
    '\uFEFF',
    "'",
    '=1+1',
    '__proto__',
  );
  const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: hostile }));
  // NUL in a header is how UTF-16 is told from UTF-8. Names that differ in the spaces around them are one name.
  const headers = (size: number) =>
    fc.uniqueArray(
      texts.filter((text) => !text.includes('\0')),
      { minLength: size, maxLength: size, selector: (name) => name.trim().normalize('NFC') },
    );

  it('keeps every text of header and records', () => {
    const contents = fc
      .integer({ min: 1, max: 4 })
      .chain((size) =>
        fc.tuple(headers(size), fc.array(fc.array(texts, { minLength: size, maxLength: size }))),
      );
    fc.assert(
      fc.property(contents, delimiters, ([header, records], delimiter) => {
        const parsed = parseCsv(formatCsv(header, records, { delimiter }), { delimiter, allowNoRows: true });
        expect(parsed.header).toEqual(header);
        expect(parsed.records).toEqual(records);
      }),
    );
  });

  it('knows the line of every record', () => {
    const records = fc.array(fc.tuple(texts, texts), { minLength: 1 });
    fc.assert(
      fc.property(records, (rows) => {
        const { lines } = parseCsv(formatCsv(['a', 'b'], rows));
        let line = 2;
        for (const [i, row] of rows.entries()) {
          expect(lines[i]).toBe(line);
          line += 1 + (row.join('').match(/\r\n|\n|\r/g)?.length ?? 0) - seamsOf(row);
        }
      }),
    );
  });

  it('keeps every number and category of a table', () => {
    const spelt = cellReader({ kind: 'category' });
    const isSpelt = (text: string) => spelt(text) === text;
    const rows = fc.array(
      fc.record({
        n: fc.option(fc.double({ noDefaultInfinity: true, noNaN: true })),
        c: fc.option(texts.filter(isSpelt)),
      }),
      { minLength: 1 },
    );
    const kinds = new Map([
      ['n', 'numeric'],
      ['c', 'category'],
    ] as const);
    fc.assert(
      fc.property(rows, (values) => {
        const table = Table.fromRows(values, kinds);
        const text = formatCsv(
          table.names,
          table.toRows().map(({ n, c }) => [n, c]),
        );
        expect(toTable(parseCsv(text), { schema: schemaOf(table) }).toRows()).toEqual(table.toRows());
      }),
    );
  });
});

/** A CR at the end of one text and an LF at the start of the next look like one line end when joined. */
function seamsOf([first, second]: readonly string[]): number {
  return first.endsWith('\r') && second.startsWith('\n') ? -1 : 0;
}
