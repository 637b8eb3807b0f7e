import fc from 'fast-check';
import { mergeScans } from './merge-scans';
import { type ScannedRecords, scanRecords } from './scan-records';
import { partsOf } from './scan-threads';

const OPTIONS = { delimiter: ',', width: 2 };

/** What was scanned as plain data, with each field as it is read. */
function plain(scan: ScannedRecords | undefined) {
  if (!scan) return undefined;
  const { columns, nRows, forms, ...rest } = { forms: scan.columns.map((column) => column?.forms), ...scan };
  const fields = columns.map((column) =>
    Array.from({ length: nRows }, (_, row) => {
      const code = column?.codes?.[row] ?? -1;
      return code < 0 ? column?.numbers?.[row] : column?.texts[code];
    }),
  );
  return { ...rest, forms: forms.map((form) => ({ ...form })), fields };
}

const pieces = fc.array(
  fc.constantFrom(
    ...['1,2\n', '3.25,x\n', '"a,b",""\n', '"say ""hi""\n\n",4\r\n', '\n', '007,1.234\n', 'é,"two\nlines"\n'],
    ...['"5","6"\n', '"","\n""\n"\n', '"""",1\n'],
  ),
  { minLength: 1, maxLength: 40 },
);
const broken = fc.constantFrom('', '', '', 'x"y,1\n', '"x"y,1\n', '1\n', '1,2,3\n', '"x\n', '"x,1\n"y,2\n');

describe('partsOf', () => {
  it('splits at record ends: concatenated parts equal a single scan for any number of threads', () => {
    fc.assert(
      fc.property(pieces, broken, fc.nat(40), fc.integer({ min: 2, max: 5 }), (texts, odd, place, count) => {
        const all = [...texts.slice(0, place), odd, ...texts.slice(place)].join('');
        const bytes = Buffer.from(all);
        const options = { ...OPTIONS, start: 0, end: bytes.length, line: 2 };
        const scans = partsOf(bytes, options, count).map((part) => scanRecords(bytes, part));
        const complete = scans.filter((scan) => scan !== undefined);
        const merged = complete.length === scans.length ? mergeScans(complete) : undefined;
        expect(plain(merged)).toEqual(plain(scanRecords(bytes, options)));
      }),
      { numRuns: Number(process.env.FUZZ ?? 1500), seed: 1 },
    );
  });

  it('splits into parts of about the same size', () => {
    const bytes = Buffer.from('12,34\n'.repeat(1000));
    const parts = partsOf(bytes, { ...OPTIONS, start: 0, end: bytes.length, line: 2 }, 4);
    expect(parts.map(({ start, end }) => Math.round((end - start) / 10))).toEqual([151, 150, 150, 149]);
  });
});
