import fc from 'fast-check';
import { convertRaw, convertRecords } from '../records/convert-records';
import { formatRows } from './format-rows';
import { readCsvPart } from './read-csv-batches';
import { scanCsvPart } from './scanned-batch';

const HEADER = ['n', 'plan', 'note'];
const cells = fc.constantFrom(
  ...[
    '',
    '1',
    '2.5',
    '-3e2',
    'x',
    'é',
    '😀',
    '"a, b"',
    '"say ""hi"""',
    '"two\nlines"',
    '"two\r\nlines"',
    ' ',
    'NA',
    '007',
  ],
);
const odd = fc.constantFrom('', '', 'Total,,', 'Total,', '12 rows,,', '1,2,3,4', 'x', ',,');
const texts = fc
  .tuple(
    fc.array(fc.tuple(cells, cells, cells), { minLength: 1, maxLength: 12 }),
    odd,
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(
    ([rows, last, end, isEnded]) =>
      [...rows.map((row) => row.join(',')), last].join(end) + (isEnded ? end : ''),
  );

it('returns the same records, lines and texts as readCsvPart, or leaves them to it', () => {
  const runs = Number(process.env.FUZZ ?? 1000);
  let scanned = 0;
  fc.assert(
    fc.property(texts, fc.nat(9), fc.subarray(HEADER), (text, before, columns) => {
      const head = {
        source: 'CSV text',
        header: HEADER,
        headerText: '',
        delimiter: ',',
        encoding: 'utf-8',
        separatorText: '',
      };
      const part = { head, bytes: Buffer.from(text), before, rejectInvalidUtf8: true };
      const batch = scanCsvPart(part, columns);
      if (batch === undefined) return;
      scanned++;
      const expected = readCsvPart(part);
      expect(expected.rejected).toEqual([]);
      expect(Array.from(batch.lines)).toEqual(Array.from(expected.lines));
      expect(expected.texts.map((_, i) => batch.text(i))).toEqual(expected.texts);
      const places = expected.texts.flatMap((_, i) => (i % 3 === 1 ? [] : [i]));
      const lines = places.map((place) => `${expected.texts[place]}\n`);
      expect(String(formatRows([batch.records(places)], places.length))).toBe(lines.join(''));
      const schema = [
        { name: 'n', kind: 'numeric' as const },
        { name: 'plan', kind: 'category' as const },
        { name: 'note', kind: 'category' as const },
      ];
      const [fast, slow] = [convertRaw(batch.raw, { schema }), convertRecords(expected, { schema })];
      expect(Array.from(fast.table.entries())).toEqual(Array.from(slow.table.entries()));
      expect(fast.invalidValues).toEqual(slow.invalidValues);
    }),
    { numRuns: runs, seed: 1 },
  );
  expect(scanned).toBeGreaterThan(runs / 4);
});
