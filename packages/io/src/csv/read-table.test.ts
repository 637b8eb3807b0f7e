import type { Table } from '@churn/core';
import fc from 'fast-check';
import { toTable } from '../records/to-table';
import { formatCsv } from './format-csv';
import { parseCsv } from './parse-csv';
import { readTable } from './read-table';

/** The outcome of reading: the table as plain data, or the error. */
async function outcome(read: () => Promise<Table | undefined> | Table) {
  try {
    const table = await read();
    return table && Array.from(table.entries());
  } catch (error) {
    return error;
  }
}

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.integer().map(String),
  fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 0, max: 9999 }))
    .map(([a, b]) => `${a}.${b}`),
  fc.stringMatching(/^[+-]?0{0,2}\d{0,18}\.?\d{0,18}(e[+-]?\d{1,3})?$/),
);
const odd = fc.constantFrom(
  ...[
    '',
    ' ',
    'NA',
    'null',
    '-',
    '.',
    '+',
    '-0',
    ' 7 ',
    '\u00a05',
    '0x10',
    '1e5',
    '1e999',
    '1,5',
    '1.234',
    '1,234',
    '007',
    '12abc',
    '5-',
  ],
  ...[
    'Infinity',
    '2024-02-29',
    '31.12.2023',
    'true',
    'F',
    'é',
    'say "hi"',
    'two\nlines',
    'two\r\nlines',
    '\ufeffx',
    '9007199254740993',
    '$3.50',
  ],
);
const field = fc.oneof(
  { weight: 5, arbitrary: numbers },
  { weight: 2, arbitrary: odd },
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);

/** Columns alike in their values, as those of files are. */
const files = fc
  .record({
    columns: fc.array(
      fc.oneof(
        fc.constant(field),
        fc.constant(numbers),
        fc.constant(odd),
        fc.constant(fc.constantFrom('a', 'b', 'é')),
      ),
      { minLength: 1, maxLength: 5 },
    ),
    nRows: fc.integer({ min: 1, max: 30 }),
    end: fc.constantFrom('\n', '\r\n'),
    delimiter: fc.constantFrom(',', ';', '\t'),
  })
  .chain(({ columns, nRows, end, delimiter }) =>
    fc.array(fc.tuple(...columns), { minLength: nRows, maxLength: nRows }).map((rows) => {
      const header = columns.map((_, j) => `c${j}`);
      const text = formatCsv(header, rows, { delimiter });
      // Line ends inside of quotes stay as they are.
      return { text: end === '\n' ? text : text.replaceAll(/(?<!\r)\n/g, end), delimiter };
    }),
  );
/** Text that is hardly CSV. */
const scraps = fc
  .array(fc.constantFrom(',', ',', ',', '"', '""', '\n', '\n', '\r\n', '\r', '1', '2.5', 'x', ' ', '-'), {
    maxLength: 40,
  })
  .map((pieces) => ({ text: `a,b\n${pieces.join('')}`, delimiter: ',' }));

const RUNS = Number(process.env.FUZZ ?? 1500);

describe('readTable', () => {
  it('returns the same table as parseCsv and toTable', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(files, scraps),
        fc.constantFrom('error' as const, 'missing' as const),
        async ({ text, delimiter }, invalidValues) => {
          const options = { delimiter, invalidValues };
          const fast = await outcome(() => readTable(Buffer.from(text), options));
          if (fast === undefined) return;
          read++;
          expect(fast).toEqual(await outcome(() => toTable(parseCsv(text, options), options)));
        },
      ),
      { numRuns: RUNS, seed: 1 },
    );
    expect(read).toBeGreaterThan(RUNS / 4);
  });

  it('reads numbers with correct rounding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(numbers, { minLength: 1, maxLength: 20 }), async (texts) => {
        const table = await readTable(
          Buffer.from(
            formatCsv(
              ['a', 'b'],
              texts.map((text) => [text, 'x']),
            ),
          ),
          {
            schema: [{ name: 'a', kind: 'numeric' }],
            invalidValues: 'missing',
          },
        );
        if (table === undefined) return;
        const expected = texts.map((text) => (text === '' ? NaN : Number(text)));
        expect(Array.from(table.numeric('a'))).toEqual(
          expected.map((value) => (Number.isFinite(value) ? value : NaN)),
        );
      }),
      { numRuns: RUNS, seed: 2 },
    );
  });

  it.each([
    ['a record with too few fields', 'a,b\n1\n'],
    ['a record with too many fields', 'a,b\n1,2,3\n'],
    ['a quote in a field', 'a,b\n1,x"y\n'],
    ['a quote that is never closed', 'a,b\n1,"x\n'],
    ['text behind a quote', 'a,b\n1,"x"y\n'],
    ['values of another kind', 'a,b\n1,2\n2,3\n'],
    ['no rows', 'a,b\n'],
    ['a header with another delimiter', 'a;b\n1;2\n'],
  ])('leaves %s to parseCsv', async (_, text) => {
    const schema = [{ name: 'b', kind: 'date' as const }];
    expect(await readTable(Buffer.from(text), { schema })).toBeUndefined();
    expect(() => toTable(parseCsv(text), { schema })).toThrow();
  });
});
