import type { RecordBatch } from '../records/record-format.js';
import { scannedColumn } from './column-scan.js';
import { isFilledFooter } from './footer.js';
import type { CsvPart } from './read-csv-batches.js';
import { fieldsOf, isScannable, scanRecords } from './scan-records.js';

/** Records of CSV by column, and each as it is written. */
export type ScannedBatch = Required<Pick<RecordBatch, 'raw' | 'lines' | 'text'>>;

/**
 * The records of a part that is as most are.
 * @returns nothing where it is not: `readCsvPart` reads the same records of it, or tells those that are amiss.
 */
export function scanCsvPart(part: CsvPart): ScannedBatch | undefined {
  const { head, text, before, hasHeader, mayBeInvalid } = part;
  const { source, header, delimiter } = head;
  if (mayBeInvalid || hasHeader || !isScannable(delimiter)) return undefined;
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  const bytes = Buffer.from(ended);
  const scan = scanRecords(bytes, {
    ...{ start: 0, end: bytes.length, delimiter, width: header.length, line: before + 1 },
  });
  if (scan === undefined) return undefined;
  const { nRows, starts, ends, lines, columns } = scan;
  const fieldsIn = (position: number) => fieldsOf(bytes, scan, position, delimiter);
  if (scan.sparse.length > 0) {
    const all = header.map((_, position) => [...fieldsIn(position)]);
    if (scan.sparse.some((row) => isFilledFooter(all.map((fields) => fields[row])))) return undefined;
  }
  // Of ASCII, a place is the same among bytes and among characters.
  const isAscii = bytes.length === ended.length;
  return {
    lines,
    raw: {
      ...{ source, header, lines, delimiter, nRows },
      column: (position) => scannedColumn(columns[position], nRows, fieldsIn(position)),
    },
    text: (record) =>
      isAscii
        ? text.slice(starts[record], ends[record])
        : bytes.toString('utf8', starts[record], ends[record]),
  };
}
