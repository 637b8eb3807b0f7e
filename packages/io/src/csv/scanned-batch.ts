import { isUtf8 } from 'node:buffer';
import { type RawColumn, rawColumn } from '../records/raw-records.js';
import type { RecordBatch } from '../records/record-format.js';
import { columnNames } from '../records/records.js';
import { normalized } from '../text/canonical-text.js';
import { scannedColumn } from './column-scan.js';
import { copyBytes, type Fields } from './fields.js';
import { isFilledFooter } from './footer.js';
import type { CsvPart } from './read-csv-batches.js';
import { fieldsOf, isScannable, type ScannedRecords, scanRecords } from './scan-records.js';

/** CSV records by column, with the text of each. */
export interface ScannedBatch extends Required<Pick<RecordBatch, 'raw' | 'lines' | 'text'>> {
  /** The texts of some records, each as one field. */
  records(places: readonly number[]): Fields;
}

const LF = 10;

/**
 * Reads the records of a part by a fast path that supports only valid UTF-8 without irregularities.
 * @param columns the names of the wanted columns; default all.
 * @returns `undefined` for other parts, whose records `readCsvPart` reads or rejects.
 */
export function scanCsvPart(part: CsvPart, columns?: readonly string[]): ScannedBatch | undefined {
  const { head, before } = part;
  const { source, header, delimiter } = head;
  if (!isScannable(delimiter) || !isUtf8(part.bytes)) return undefined;
  const { buffer, byteOffset, length } = part.bytes;
  const own = Buffer.from(buffer, byteOffset, length);
  const bytes = own.at(-1) === LF ? own : Buffer.concat([own, Buffer.of(LF)]);
  const wanted = wantedColumns(header, columns);
  const scan = scanRecords(bytes, {
    ...{ start: 0, end: bytes.length, delimiter, width: header.length, line: before + 1 },
    ...(wanted && { wanted }),
  });
  if (scan === undefined) return undefined;
  const { nRows, starts, ends, lines } = scan;
  const fieldsIn = (position: number) => fieldsOf(bytes, scan, position, delimiter);
  if (scan.sparse.length > 0) {
    const all = header.map((_, position) => [...fieldsIn(position)]);
    if (scan.sparse.some((row) => isFilledFooter(all.map((fields) => fields[row])))) return undefined;
  }
  return {
    lines,
    raw: {
      ...{ source, header, lines, delimiter, nRows },
      column: (position) => columnOf(scan, position, fieldsIn(position)),
    },
    text: (record) => bytes.toString('utf8', starts[record], ends[record]),
    records: (places) => new RecordFields(bytes, scan, places),
  };
}

/** Whether each column of a header is one of `columns`. */
export function wantedColumns(
  header: readonly string[],
  columns?: readonly string[],
): readonly boolean[] | undefined {
  if (columns === undefined) return undefined;
  const names = new Set(columns.map(normalized));
  return columnNames(header).map((name) => names.has(name));
}

/** A column of scanned records, wanted or not. @param fields the text of each field. */
export function columnOf(
  { columns, nRows }: ScannedRecords,
  position: number,
  fields: Iterable<string>,
): RawColumn {
  const column = columns[position];
  return column ? scannedColumn(column, nRows, fields) : rawColumn([...fields]);
}

class RecordFields implements Fields {
  readonly longest: number;
  readonly #bytes: Buffer;
  readonly #scan: Pick<ScannedRecords, 'starts' | 'ends'>;
  readonly #places: readonly number[];

  constructor(bytes: Buffer, scan: Pick<ScannedRecords, 'starts' | 'ends'>, places: readonly number[]) {
    this.longest = places.reduce((most, place) => Math.max(most, scan.ends[place] - scan.starts[place]), 0);
    this.#bytes = bytes;
    this.#scan = scan;
    this.#places = places;
  }

  write(row: number, bytes: Buffer, at: number): number {
    const { starts, ends } = this.#scan;
    const place = this.#places[row];
    return copyBytes(this.#bytes, starts[place], ends[place], bytes, at);
  }
}
