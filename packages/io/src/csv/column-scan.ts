import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { cellReader, isInvalidValue, readsPlainNumbers, type ValueOptions } from '../records/cell-reader.js';
import type { RawColumn } from '../records/raw-records.js';
import { type ReadColumn, readColumn } from '../records/read-column.js';
import { normalized } from '../text/canonical-text.js';
import { parseNumber } from '../text/parse-number.js';
import { NumberForms, type Tally, type TextCount } from '../typing/tally.js';

/** A column of records that were scanned: of each row its plain number, or which of the different texts it has. Plain data. */
export interface ScannedColumn {
  /** Of each row; `NaN` if it has a text. `undefined` if all have. */
  readonly numbers: Float64Array | undefined;
  /** Of each row its place among `texts`; -1 if it has a number. `undefined` if all have. */
  readonly codes: Int32Array | undefined;
  readonly texts: readonly string[];
  readonly forms: Pick<NumberForms, 'beyondSafe' | 'points' | 'pointGroups' | 'padded'>;
}

/** No table of hashes is fuller. */
const FULL = 0.5;
const SMALLEST = 64;

/** Gathers the values of a column from bytes, so that no text is made but one of each that is different. */
export class ColumnScan {
  numbers: Float64Array | undefined;
  codes: Int32Array | undefined;
  readonly forms = new NumberForms();
  readonly #texts: string[] = [];
  /** Of each text that is a number after all, such as one behind a no-break space, the number; else `NaN`. */
  readonly #values: number[] = [];
  #starts: Uint32Array = new Uint32Array(SMALLEST);
  #ends: Uint32Array = new Uint32Array(SMALLEST);
  #hashes: Int32Array = new Int32Array(SMALLEST);
  /** The place of a text, and 1; 0 if there is none. */
  #slots: Int32Array = new Int32Array(2 * SMALLEST);

  constructor(
    readonly bytes: Buffer,
    public capacity: number,
  ) {}

  /** Makes room for more rows. */
  grow(capacity: number): void {
    this.capacity = capacity;
    if (this.numbers) this.numbers = grownFloats(this.numbers, capacity);
    if (this.codes) this.codes = grownCodes(this.codes, capacity);
  }

  /** @param row the next one. */
  addNumber(row: number, value: number): void {
    this.numbers ??= new Float64Array(this.capacity).fill(NaN, 0, row);
    this.numbers[row] = value;
  }

  /** A number that only its text tells rightly. @returns whether the bytes are one. */
  addWritten(row: number, start: number, end: number): boolean {
    const text = this.bytes.toString('utf8', start, end);
    const value = parseNumber(text);
    if (Number.isNaN(value)) return false;
    this.forms.add(value, text);
    this.addNumber(row, value);
    return true;
  }

  addText(row: number, start: number, end: number): void {
    const code = this.#find(start, end, hashOf(this.bytes, start, end));
    if (!Number.isNaN(this.#values[code])) {
      this.forms.add(this.#values[code], this.#texts[code]);
      this.addNumber(row, this.#values[code]);
      return;
    }
    this.codes ??= new Int32Array(this.capacity).fill(-1);
    this.codes[row] = code;
    if (this.numbers) this.numbers[row] = NaN;
  }

  /** What was gathered of this many rows. */
  finish(nRows: number): ScannedColumn {
    return {
      numbers: this.numbers?.subarray(0, nRows),
      codes: this.codes?.subarray(0, nRows),
      texts: this.#texts,
      forms: this.forms,
    };
  }

  #find(start: number, end: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const code = this.#slots[slot] - 1;
      if (code < 0) return this.#add(slot, start, end, hash);
      if (this.#hashes[code] === hash && this.#isSame(code, start, end)) return code;
    }
  }

  #isSame(code: number, start: number, end: number): boolean {
    const { bytes } = this;
    const first = this.#starts[code];
    if (this.#ends[code] - first !== end - start) return false;
    for (let i = start, k = first; i < end; i++, k++) if (bytes[i] !== bytes[k]) return false;
    return true;
  }

  #add(slot: number, start: number, end: number, hash: number): number {
    const code = this.#texts.length;
    const text = this.bytes.toString('utf8', start, end).replaceAll('""', '"');
    this.#texts.push(text);
    this.#values.push(parseNumber(text));
    if (code === this.#hashes.length) this.#growTexts();
    this.#starts[code] = start;
    this.#ends[code] = end;
    this.#hashes[code] = hash;
    this.#slots[slot] = code + 1;
    if (code + 1 > FULL * this.#slots.length) this.#rehash();
    return code;
  }

  #growTexts(): void {
    const capacity = 2 * this.#hashes.length;
    this.#starts = grownPlaces(this.#starts, capacity);
    this.#ends = grownPlaces(this.#ends, capacity);
    this.#hashes = grownCodes(this.#hashes, capacity);
  }

  #rehash(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#texts.length; code++) {
      const hash = this.#hashes[code];
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = code + 1;
    }
    this.#slots = slots;
  }
}

/** By Fowler, Noll and Vo. */
function hashOf(bytes: Buffer, start: number, end: number): number {
  let hash = 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return hash;
}

function grownFloats(values: Float64Array, capacity: number): Float64Array {
  const grown = new Float64Array(capacity);
  grown.set(values);
  return grown;
}

function grownCodes(codes: Int32Array, capacity: number): Int32Array {
  const grown = new Int32Array(capacity).fill(-1, codes.length);
  grown.set(codes);
  return grown;
}

function grownPlaces(places: Uint32Array, capacity: number): Uint32Array {
  const grown = new Uint32Array(capacity);
  grown.set(places);
  return grown;
}

/**
 * A column that was scanned, as other columns are given.
 * @param values each value as it is written.
 */
export function scannedColumn(scan: ScannedColumn, nRows: number, values: Iterable<string>): RawColumn {
  let tally: Tally | undefined;
  return {
    values,
    get tally() {
      tally ??= tallyOfScan(scan, nRows);
      return tally;
    },
    read(column, options = {}) {
      const isAlike = column.kind === 'numeric' ? readsPlainNumbers(column, options) : !scan.numbers;
      return isAlike ? readScan(scan, nRows, column, options) : readColumn([...values], column, options);
    },
  };
}

/** What `tallyOf` gives for the same values. */
function tallyOfScan({ numbers, codes, texts: different, forms }: ScannedColumn, nRows: number): Tally {
  const { beyondSafe, points, pointGroups, padded } = forms;
  const counts = new Uint32Array(different.length);
  const firsts = new Uint32Array(different.length);
  let withText = 0;
  if (codes) {
    for (let row = 0; row < nRows; row++) {
      const code = codes[row];
      if (code < 0) continue;
      if (counts[code]++ === 0) firsts[code] = row;
      withText++;
    }
  }
  const texts = new Map<string, TextCount>();
  let empty = 0;
  different.forEach((text, code) => {
    const short = normalized(text);
    const count = counts[code];
    if (count === 0) return;
    if (short === '') empty += count;
    else {
      const seen = texts.get(short);
      if (seen) seen.count += count;
      else texts.set(short, { count, row: firsts[code] });
    }
  });
  return {
    rows: nRows,
    empty,
    numbers:
      withText === 0 ? (numbers ?? new Float64Array(0)) : (numbers?.filter(isNumber) ?? new Float64Array(0)),
    beyondSafe,
    points,
    pointGroups,
    ...(padded !== undefined && { padded }),
    texts,
  };
}

function isNumber(value: number): boolean {
  return !Number.isNaN(value);
}

/** What `readColumn` gives for the same values: each different text is read once. */
function readScan(
  { numbers, codes, texts }: ScannedColumn,
  nRows: number,
  column: Omit<DatasetColumn, 'name'>,
  options: ValueOptions,
): ReadColumn {
  const read = cellReader(column, options);
  const cells = texts.map((text) => read(text));
  const invalidValues: ReadColumn['invalidValues'][number][] = [];
  const hasInvalidValues = cells.some(isInvalidValue);
  if (codes && hasInvalidValues) {
    for (let row = 0; row < nRows; row++) {
      const cell = codes[row] < 0 ? null : cells[codes[row]];
      if (isInvalidValue(cell)) invalidValues.push({ row, ...cell });
    }
  }
  if (column.kind === 'numeric') {
    if (!codes || !cells.some((cell) => typeof cell === 'number')) {
      return {
        column: { kind: 'numeric', values: numbers ?? new Float64Array(nRows).fill(NaN) },
        invalidValues,
      };
    }
    const values = Float64Array.from(codes, (code, row) => {
      const cell = code < 0 ? numbers?.[row] : cells[code];
      return typeof cell === 'number' ? cell : NaN;
    });
    return { column: { kind: 'numeric', values }, invalidValues };
  }
  const levels: string[] = [];
  const codeOfLevel = new Map<string, number>();
  const newCodes = Int32Array.from(cells, (cell) => {
    if (typeof cell !== 'string') return -1;
    const known = codeOfLevel.get(cell);
    if (known !== undefined) return known;
    codeOfLevel.set(cell, levels.length);
    return levels.push(cell) - 1;
  });
  const all = new Int32Array(nRows);
  if (codes) for (let row = 0; row < nRows; row++) all[row] = newCodes[codes[row]];
  return { column: { kind: 'category', codes: all, levels }, invalidValues };
}
