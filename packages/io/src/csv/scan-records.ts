import { ColumnScan, type ScannedColumn } from './column-scan.js';

/** CSV records by column, and the position of each. Plain data. */
export interface ScannedRecords {
  readonly nRows: number;
  /** The start and end of each record's bytes, without the line end, and the line on which it starts. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly lines: Int32Array;
  /** The number of lines. */
  readonly nLines: number;
  /** The columns; `undefined` for one that is not wanted. */
  readonly columns: readonly (ScannedColumn | undefined)[];
  /** Rows in which at least half of the fields seem to be empty. */
  readonly sparse: readonly number[];
}

export interface ScanOptions {
  /** The range of bytes to scan: from the start of a record to after the LF that ends one. */
  readonly start: number;
  readonly end: number;
  readonly delimiter: string;
  /** The number of fields per record. */
  readonly width: number;
  /** The line on which the part starts. */
  readonly line: number;
  /** Whether each column is wanted; default all. */
  readonly wanted?: readonly boolean[];
}

const [LF, CR, SPACE, QUOTE, PLUS, MINUS, POINT, ZERO, UPPER_E, LOWER_E] = [
  10, 13, 32, 34, 43, 45, 46, 48, 69, 101,
];
/** The supported delimiters, which cannot be part of a number. */
const DELIMITERS = ',;\t|';
/** Integers with this many digits, and powers of ten with this many zeros, are exact, so their quotient is the number nearest to the text. */
const EXACT = { digits: 15, zeros: 22 };
/** This many digits fit into 32 bits, which is faster. */
const SHORT = 9;
const POWERS = Float64Array.from({ length: EXACT.zeros + 1 }, (_, zeros) => Number(`1e${zeros}`));

/** Whether `scanRecords` supports the delimiter. */
export function isScannable(delimiter: string): boolean {
  return delimiter.length === 1 && DELIMITERS.includes(delimiter);
}

/**
 * Scans records in UTF-8 byte by byte: plain numbers are parsed in place, and for other fields one string is created per distinct text. The result
 * is equivalent to that of `parseCsv`.
 *
 * @returns `undefined` if a record has another number of fields or a misplaced quote, for which `parseCsv` throws a detailed error.
 */
export function scanRecords(
  bytes: Buffer,
  { start, end, delimiter, width, line: firstLine, wanted }: ScanOptions,
): ScannedRecords | undefined {
  const between = delimiter.charCodeAt(0);
  let capacity = expectedRows(bytes, start, end);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let lines = new Int32Array(capacity);
  const columns = Array.from({ length: width }, (_, j) =>
    (wanted?.[j] ?? true) ? new ColumnScan(bytes, capacity) : undefined,
  );
  const sparse: number[] = [];
  let row = 0;
  let line = firstLine;
  let at = start;
  while (at < end) {
    const first = bytes[at];
    if (first === LF || first === CR) {
      at += first === CR && at + 1 < end && bytes[at + 1] === LF ? 2 : 1;
      line++;
      continue;
    }
    if (row === capacity) {
      capacity *= 2;
      const grown = {
        starts: new Uint32Array(capacity),
        ends: new Uint32Array(capacity),
        lines: new Int32Array(capacity),
      };
      grown.starts.set(starts);
      grown.ends.set(ends);
      grown.lines.set(lines);
      ({ starts, ends, lines } = grown);
      for (const column of columns) column?.grow(capacity);
    }
    starts[row] = at;
    lines[row] = line;
    let nEmpty = 0;
    for (let j = 0; ; j++) {
      if (j === width) return undefined;
      const column = columns[j];
      const isQuoted = bytes[at] === QUOTE;
      if (isQuoted) at++;
      const from = at;
      let byte = bytes[at];
      let isRead = false;
      let mayBeNumber = false;
      if (column !== undefined) {
        // Tries to read a plain number.
        while (byte === SPACE) byte = bytes[++at];
        const isNegative = byte === MINUS;
        if (isNegative || byte === PLUS) byte = bytes[++at];
        let short = 0;
        const whole = at;
        let digit = byte - ZERO;
        while (digit >= 0 && digit <= 9) {
          short = (Math.imul(short, 10) + digit) | 0;
          byte = bytes[++at];
          digit = byte - ZERO;
        }
        const nWhole = at - whole;
        let nDigits = nWhole;
        const hasPoint = byte === POINT;
        if (hasPoint) {
          const fraction = at + 1;
          byte = bytes[++at];
          digit = byte - ZERO;
          while (digit >= 0 && digit <= 9) {
            short = (Math.imul(short, 10) + digit) | 0;
            byte = bytes[++at];
            digit = byte - ZERO;
          }
          nDigits += at - fraction;
        }
        const digitsEnd = at;
        while (byte === SPACE) byte = bytes[++at];
        const isOver = isQuoted
          ? byte === QUOTE && bytes[at + 1] !== QUOTE
          : byte === between || byte === LF || byte === CR;
        if (isOver && nDigits > 0 && nDigits <= EXACT.digits) {
          let value = nDigits <= SHORT ? short : longNumber(bytes, whole, nDigits);
          if (hasPoint) {
            value /= POWERS[nDigits - nWhole];
            column.forms.points++;
            if (nDigits - nWhole === 3 && nWhole > 0 && nWhole <= 3 && bytes[whole] !== ZERO)
              column.forms.pointGroups++;
          } else if (nWhole > 1 && bytes[from] === ZERO)
            column.forms.padded ??= bytes.toString('latin1', from, at);
          column.addNumber(row, isNegative ? -value : value);
          isRead = true;
        } else {
          // A text, or a number in another form.
          mayBeNumber =
            nDigits > 0 &&
            (isOver || byte === LOWER_E || byte === UPPER_E || at > digitsEnd || byte >= 128 || byte < SPACE);
        }
      }
      if (!isRead) {
        at = isQuoted ? quotedEnd(bytes, at, end) : plainEnd(bytes, at, between);
        if (at < 0) return undefined;
        if (isQuoted) line += lineEndsIn(bytes, from, at);
        if (from === at || bytes[from] <= SPACE) nEmpty++;
        if (column && !(mayBeNumber && column.addWritten(row, from, at))) column.addText(row, from, at);
        byte = bytes[at];
      }
      if (isQuoted) byte = bytes[++at];
      if (byte === between) {
        at++;
        continue;
      }
      if (byte !== LF && byte !== CR) return undefined;
      if (j !== width - 1) return undefined;
      break;
    }
    if (2 * nEmpty >= width) sparse.push(row);
    ends[row++] = at;
  }
  return {
    nRows: row,
    starts: starts.subarray(0, row),
    ends: ends.subarray(0, row),
    lines: lines.subarray(0, row),
    nLines: line - firstLine,
    columns: columns.map((column) => column?.finish(row)),
    sparse,
  };
}

/** The end of an unquoted field; -1 if it contains a quote. */
function plainEnd(bytes: Buffer, start: number, between: number): number {
  let at = start;
  let byte = bytes[at];
  while (byte !== between && byte !== LF && byte !== CR) {
    if (byte === QUOTE) return -1;
    byte = bytes[++at];
  }
  return at;
}

/** The index of the closing quote of a field; -1 without one. */
function quotedEnd(bytes: Buffer, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) return at;
    at++;
  }
  return -1;
}

/** The number of line ends in a field. */
function lineEndsIn(bytes: Buffer, start: number, end: number): number {
  let count = 0;
  for (let at = start; at < end; at++) {
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] !== LF)) count++;
  }
  return count;
}

/** The integer of `nDigits` digits from `start`, ignoring a decimal point. */
function longNumber(bytes: Buffer, start: number, nDigits: number): number {
  let value = 0;
  for (let at = start, left = nDigits; left > 0; at++) {
    if (bytes[at] === POINT) continue;
    value = value * 10 + (bytes[at] - ZERO);
    left--;
  }
  return value;
}

/** The approximate number of records, extrapolated from the first ones. */
function expectedRows(bytes: Buffer, start: number, end: number): number {
  const sample = Math.min(end, start + 2 ** 16);
  let count = 1;
  for (let at = bytes.indexOf(LF, start); at >= 0 && at < sample; at = bytes.indexOf(LF, at + 1)) count++;
  return Math.ceil((1.1 * count * (end - start)) / Math.max(1, sample - start)) + 1;
}

/** The texts of a column's fields, created lazily. */
export function fieldsOf(
  bytes: Buffer,
  { nRows, starts, ends }: Pick<ScannedRecords, 'nRows' | 'starts' | 'ends'>,
  position: number,
  delimiter: string,
): Iterable<string> {
  const between = delimiter.charCodeAt(0);
  return {
    *[Symbol.iterator]() {
      for (let row = 0; row < nRows; row++) {
        let at = starts[row];
        for (let j = 0; j < position; j++) at = fieldEnd(bytes, at, ends[row], between) + 1;
        yield fieldText(bytes, at, fieldEnd(bytes, at, ends[row], between));
      }
    },
  };
}

function fieldEnd(bytes: Buffer, start: number, end: number, between: number): number {
  let isInside = false;
  for (let at = start; at < end; at++) {
    if (bytes[at] === QUOTE) isInside = !isInside;
    else if (bytes[at] === between && !isInside) return at;
  }
  return end;
}

function fieldText(bytes: Buffer, start: number, end: number): string {
  return bytes[start] === QUOTE && start < end
    ? bytes.toString('utf8', start + 1, end - 1).replaceAll('""', '"')
    : bytes.toString('utf8', start, end);
}
