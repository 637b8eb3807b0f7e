import { NUMBER_ROOM, writeNumber } from '../text/write-number.js';
import { csvFieldFormatter, type FormatCsvOptions } from './format-csv.js';

/** Writes the fields of a column as `csvRecordFormatter` does, in UTF-8. */
export interface Fields {
  /** The maximum number of bytes of a field. */
  readonly longest: number;
  /** Writes the field of a row. @returns the end of its bytes. */
  write(row: number, bytes: Buffer, at: number): number;
}

/** Formatted texts, concatenated: plain data, which can be sent to other threads. */
export interface WrittenTexts {
  readonly bytes: Uint8Array;
  /** The end of each text. */
  readonly ends: Uint32Array;
  readonly longest: number;
}

/** How fields are written. */
export interface FieldOptions extends FormatCsvOptions {
  /** Whether it is the only field of its record. */
  readonly isSingle: boolean;
}

/** The text of a missing value. */
function missingText({ isSingle }: FieldOptions): string {
  return isSingle ? '""' : '';
}

/** Whether numbers cannot contain characters of the delimiter, so that they need no quotes. */
function isApartFromNumbers(delimiter = ','): boolean {
  return !/[-+.\w]/.test(delimiter);
}

/** The texts of levels, followed by that of a missing value. */
export function writtenLevels(levels: readonly string[], options: FieldOptions): WrittenTexts {
  const format = csvFieldFormatter(options, options.isSingle);
  const pieces = [...levels, null].map((level) => Buffer.from(format(level)));
  const ends = new Uint32Array(pieces.length);
  let end = 0;
  let longest = 0;
  pieces.forEach(({ length }, i) => {
    end += length;
    ends[i] = end;
    longest = Math.max(longest, length);
  });
  return { bytes: Buffer.concat(pieces), ends, longest };
}

/** The fields of numbers. */
class NumberFields implements Fields {
  readonly longest = NUMBER_ROOM;
  readonly #values: ArrayLike<number>;
  readonly #missing: string;

  constructor(values: ArrayLike<number>, options: FieldOptions) {
    this.#values = values;
    this.#missing = missingText(options);
  }

  write(row: number, bytes: Buffer, at: number): number {
    const value = this.#values[row];
    return Number.isNaN(value) ? writeText(this.#missing, bytes, at) : writeNumber(value, bytes, at);
  }
}

/** The fields of categories. */
export class LevelFields implements Fields {
  readonly longest: number;
  readonly #codes: Int32Array;
  readonly #bytes: Uint8Array;
  readonly #ends: Uint32Array;

  constructor(codes: Int32Array, { bytes, ends, longest }: WrittenTexts) {
    this.longest = longest;
    this.#codes = codes;
    this.#bytes = bytes;
    this.#ends = ends;
  }

  write(row: number, bytes: Buffer, start: number): number {
    const code = this.#codes[row];
    const place = code < 0 ? this.#ends.length - 1 : code;
    const end = this.#ends[place];
    return copyBytes(this.#bytes, place === 0 ? 0 : this.#ends[place - 1], end, bytes, start);
  }
}

/** The fields of values of any kind. */
class CellFields implements Fields {
  readonly longest: number;
  readonly #cells: (number | string)[];

  constructor(cells: ArrayLike<unknown>, options: FieldOptions) {
    const format = csvFieldFormatter(options, options.isSingle);
    const isPlain = isApartFromNumbers(options.delimiter);
    let longest = 0;
    this.#cells = new Array(cells.length);
    for (let row = 0; row < cells.length; row++) {
      const cell = cells[row];
      if (isPlain && typeof cell === 'number' && !Number.isNaN(cell)) {
        this.#cells[row] = cell;
        continue;
      }
      // Most cells other than numbers are empty.
      const text = cell === '' && !options.isSingle ? '' : format(cell);
      longest = Math.max(longest, text.length);
      this.#cells[row] = text;
    }
    this.longest = Math.max(NUMBER_ROOM, longest * BYTES_PER_UNIT);
  }

  write(row: number, bytes: Buffer, at: number): number {
    const cell = this.#cells[row];
    return typeof cell === 'number' ? writeNumber(cell, bytes, at) : writeText(cell, bytes, at);
  }
}

/** The fields of cells, with a fast path for numbers. */
export function fieldsOfCells(cells: ArrayLike<unknown>, options: FieldOptions): Fields {
  const areNumbers = cells instanceof Float64Array || cells instanceof Int32Array;
  return areNumbers && isApartFromNumbers(options.delimiter)
    ? new NumberFields(cells, options)
    : new CellFields(cells, options);
}

/** The maximum number of UTF-8 bytes per UTF-16 code unit. */
const BYTES_PER_UNIT = 3;
/** Up to this number of bytes, a loop is faster than a call. */
const FEW = 64;

function writeText(text: string, bytes: Buffer, start: number): number {
  if (text.length > FEW) return start + bytes.write(text, start);
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return start + bytes.write(text, start);
    bytes[at++] = code;
  }
  return at;
}

/** Copies bytes. @returns the end of the copy. */
export function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): number {
  if (end - start > FEW) to.set(from.subarray(start, end), at);
  else for (let i = start, k = at; i < end; i++, k++) to[k] = from[i];
  return at + end - start;
}
