import { ChurnError } from '@churn/core';
import fc from 'fast-check';
import { formatCsv } from './format-csv';
import { parseCsv } from './parse-csv';
import { type CsvBatch, type CsvBatchOptions, readCsvBatches } from './read-csv-batches';

async function* chunksOf(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)) {
    yield bytes.subarray(from, cut);
    from = cut;
  }
  yield bytes.subarray(from);
}

async function read(
  text: string | Uint8Array,
  cuts: readonly number[] = [],
  batchSize = 1,
  options: CsvBatchOptions = {},
): Promise<CsvBatch[]> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  const batches: CsvBatch[] = [];
  for await (const batch of readCsvBatches(chunksOf(bytes, cuts), { batchSize, ...options }))
    batches.push(batch);
  return batches;
}

function joined(batches: readonly CsvBatch[]) {
  return {
    header: batches[0].header,
    records: batches.flatMap(({ records }) => records),
    lines: batches.flatMap(({ lines }) => Array.from(lines)),
  };
}

describe('readCsvBatches', () => {
  it('returns the same records and lines for any chunking of the bytes', async () => {
    const field = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', '\r', ' ', '1'),
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom('', '\uFEFF'),
        fc.constantFrom('', 'sep=;\n', 'sep=,\r\n'),
        fc.constantFrom('utf8', 'utf16le'),
        fc.array(fc.nat(200), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, end, mark, first, encoding, cuts, batchSize) => {
          const plain = formatCsv(['x', 'y'], rows, { delimiter: first.includes(';') ? ';' : ',' });
          const text = mark + first + (plain.includes('"') ? plain : plain.replaceAll('\n', end));
          const bytes = Buffer.from(text, encoding as BufferEncoding);
          const options = { encoding: encoding.replace('utf16', 'utf-16') };
          const whole = parseCsv(text, { allowNoRows: true });
          expect(parseCsv(bytes, { allowNoRows: true, ...options })).toEqual(whole);
          if (whole.records.length === 0) return;
          expect(joined(await read(bytes, cuts, batchSize, options))).toEqual({
            header: whole.header,
            records: whole.records,
            lines: Array.from(whole.lines),
          });
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it('reads lines that end with only a carriage return', async () => {
    expect(joined(await read('a,b\r1,2\r3,4\r', [3, 4, 8]))).toEqual({
      header: ['a', 'b'],
      records: [
        ['1', '2'],
        ['3', '4'],
      ],
      lines: [2, 3],
    });
  });

  it('sets aside records with another number of fields, with line and reason', async () => {
    const batches = await read('a,b\n1,2\n\n3\n4,5,6\n7,8\n', [5, 9, 14]);
    expect(joined(batches).records).toEqual([
      ['1', '2'],
      ['7', '8'],
    ]);
    expect(batches.flatMap(({ rejected }) => rejected)).toEqual([
      { line: 4, reason: 'expected 2 fields, got 1; no value for column "b"', text: '3' },
      { line: 5, reason: 'expected 2 fields, got 3', text: '4,5,6' },
    ]);
  });

  it('sets aside footers, with line and reason', async () => {
    const footers = ['Total,,12,', 'Sum', '2 rows selected'];
    const batches = await read(`a,b,c,d\n1,2,3,4\n5,,,\n${footers.join('\n')}\n`, [9, 14]);
    expect(joined(batches).lines).toEqual([2, 3]);
    const short = 'looks like a footer; expected 4 fields, got 1; no value for column "b"';
    expect(batches.flatMap(({ rejected }) => rejected)).toEqual([
      { line: 4, reason: 'looks like a footer', text: 'Total,,12,' },
      { line: 5, reason: short, text: 'Sum' },
      { line: 6, reason: short, text: '2 rows selected' },
    ]);
  });

  const broken: [string, string | Uint8Array, RegExp][] = [
    ['an empty text', '', /^CSV text: empty/],
    ['a header alone', 'a,b\n', /^CSV text: a header line, but no rows$/],
    ['a column twice', 'a,a\n1,2\n', /^CSV text, line 1: column "a" appears twice/],
    [
      'a quote never closed',
      'a,b\n1,2\n3,"4\n5,6\n',
      /^CSV text, line 3, column "b": a quote is opened here/,
    ],
    [
      'another delimiter',
      'a;b\n1;2\n',
      /^CSV text: expected fields separated by ",".* the header "a;b" has ";"; set the/,
    ],
    [
      'UTF-16 that is cut',
      Buffer.from('\uFEFFa\n1\n2', 'utf16le').subarray(0, -1),
      /^CSV text, after line 2: not text in the encoding utf-16le;/,
    ],
    ['what is not UTF-8', Uint8Array.of(97, 10, 49, 10, 0xff, 10), /^CSV text, line 3: not UTF-8 text; save/],
  ];
  it.each(broken)('rejects %s', async (_, text, message) => {
    const error = await read(text, [2, 5], 4).catch((thrown) => thrown);
    expect(ChurnError.is(error)).toBe(true);
    expect(error.code).toBe('invalid-file');
    expect(error.message).toMatch(message);
  });
});
