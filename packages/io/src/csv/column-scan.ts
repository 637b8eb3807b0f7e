import type { DatasetColumn } from '../dataset/dataset-schema.js';
import { cellReader, isInvalidValue, readsPlainNumbers, type ValueOptions } from '../records/cell-reader.js';
import type { RawColumn } from '../records/raw-records.js';
import { type ReadColumn, readColumn } from '../records/read-column.js';
import { normalized } from '../text/canonical-text.js';
import { parseNumber } from '../text/parse-number.js';
import { NumberForms, type Tally, type TextCount } from '../typing/tally.js';

/** A scanned column: for each row its plain number, or the index of its text among the distinct ones. Plain data. */
export interface ScannedColumn {
  /** The number of each row; `NaN` for a text. `undefined` if all rows have texts. */
  readonly numbers: Float64Array | undefined;
  /** The index of each row's text in `texts`; -1 for a number. `undefined` if all rows have numbers. */
  readonly codes: Int32Array | undefined;
  readonly texts: readonly string[];
  readonly forms: Pick<NumberForms, 'beyondSafe' | 'points' | 'pointGroups' | 'padded'>;
}

/** The maximum load of a hash table. */
const MAX_LOAD = 0.5;
const MIN_CAPACITY = 64;

/** Collects the values of a column from bytes, creating one string per distinct text. */
export class ColumnScan {
  numbers: Float64Array | undefined;
  codes: Int32Array | undefined;
  readonly forms = new NumberForms();
  readonly #texts: string[] = [];
  /** The number of each text that is one after all, such as after a no-break space; otherwise `NaN`. */
  readonly #values: number[] = [];
  #starts: Uint32Array = new Uint32Array(MIN_CAPACITY);
  #ends: Uint32Array = new Uint32Array(MIN_CAPACITY);
  #hashes: Int32Array = new Int32Array(MIN_CAPACITY);
  /** The index of a text plus 1; 0 for a free slot. */
  #slots: Int32Array = new Int32Array(2 * MIN_CAPACITY);

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

  /** Adds a number that must be parsed from its text. @returns whether the bytes are one. */
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

  /** The column of the first `nRows` rows. */
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
    if (code + 1 > MAX_LOAD * this.#slots.length) this.#rehash();
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

/** The hash of Fowler, Noll and Vo. */
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
 * A scanned column as a `RawColumn`.
 * @param values the text of each value.
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

/** The same as `tallyOf` for these values. */
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

/** The same as `readColumn` for these values; each distinct text is read once. */
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
