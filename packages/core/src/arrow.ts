import { type CategoryColumn, type Cell, type Column, type ColumnKind, columnOf } from './column.js';
import { ChurnError } from './error.js';
import { isoDay, isoInstant, isoTime } from './iso-time.js';

/** The part of an Apache Arrow table that is read, so that this package need not depend on Arrow. */
export interface ArrowTableLike {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  getChildAt(index: number): ArrowVectorLike | null;
}

/** The part of an Arrow vector that is read. */
export interface ArrowVectorLike {
  readonly type: ArrowTypeLike;
  readonly length: number;
  readonly data: readonly ArrowDataLike[];
  get(row: number): unknown;
}

interface ArrowTypeLike {
  /** A value of Arrow's enumeration `Type`. */
  readonly typeId: number;
  toString(): string;
}

/** A part of a vector: its values one after another in memory. */
interface ArrowDataLike {
  readonly length: number;
  readonly nullCount: number;
  // biome-ignore lint/suspicious/noExplicitAny: its type depends on that of the vector
  readonly values: any;
  readonly dictionary?: ArrowVectorLike;
  getValid(row: number): boolean;
}

/** Arrow's type IDs. */
const TYPE = {
  dictionary: -1,
  null: 1,
  integer: 2,
  float: 3,
  text: 5,
  boolean: 6,
  decimal: 7,
  date: 8,
  time: 9,
  timestamp: 10,
  duration: 18,
  largeText: 20,
  textView: 24,
} as const;
const TEXTS: readonly number[] = [TYPE.text, TYPE.largeText, TYPE.textView];
const CATEGORIES: readonly number[] = [...TEXTS, TYPE.boolean, TYPE.date, TYPE.time, TYPE.timestamp];
const HALF_PRECISION = 0;
const DAYS = 0;
/** By Arrow's unit ID. */
const TICKS_PER_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** The columns of an Arrow table by name; see `Table.fromArrow`. */
export function arrowColumns(table: ArrowTableLike): [string, Column][] {
  return table.schema.fields.map(({ name }, j) => {
    const vector = table.getChildAt(j);
    if (vector === null)
      throw new ChurnError('invalid-data', `column "${name}": the table has no values for it`);
    return [name, columnOfArrow(name, vector)];
  });
}

function columnOfArrow(name: string, vector: ArrowVectorLike): Column {
  const [chunk] = vector.data;
  const isWhole = vector.data.length === 1 && chunk.nullCount === 0;
  if (isWhole && chunk.values instanceof Float64Array) {
    return { kind: 'numeric', values: chunk.values.subarray(0, vector.length) };
  }
  return dictionaryColumn(name, vector) ?? columnOf(name, arrowValues(name, vector), kindOf(vector.type));
}

/** The codes of a string dictionary; `undefined` if there is none, or if it differs within the vector. */
function dictionaryColumn(name: string, { type, data, length }: ArrowVectorLike): CategoryColumn | undefined {
  const dictionary = data[0]?.dictionary;
  if (type.typeId !== TYPE.dictionary || !dictionary || !TEXTS.includes(dictionary.type.typeId))
    return undefined;
  if (data.some((chunk) => chunk.dictionary !== dictionary)) return undefined;
  const levels = arrowValues(name, dictionary) as (string | null)[];
  if (levels.includes(null) || new Set(levels).size < levels.length) return undefined;
  const [chunk] = data;
  const isWhole = data.length === 1 && chunk.nullCount === 0 && chunk.values instanceof Int32Array;
  const codes: Int32Array = isWhole ? chunk.values.subarray(0, length) : new Int32Array(length);
  if (!isWhole) {
    let row = 0;
    for (const part of data) {
      for (let i = 0; i < part.length; i++) codes[row++] = part.getValid(i) ? Number(part.values[i]) : -1;
    }
  }
  return { kind: 'category', codes, levels: levels as string[] };
}

/** The column kind of an Arrow type, even for a column without values. */
function kindOf({ typeId }: ArrowTypeLike): ColumnKind | undefined {
  return CATEGORIES.includes(typeId) ? 'category' : undefined;
}

/**
 * The values of an Arrow column as in JSON: numbers (64-bit integers as `bigint`), booleans, strings, and dates and times as ISO 8601
 * strings, with instants in UTC and ending in `Z`. `null` and `NaN` are missing.
 *
 * @param name of the column, for messages.
 * @throws `invalid-data` if the values are not scalars: lists, structs, bytes and the like.
 */
export function arrowValues(name: string, vector: ArrowVectorLike): (Cell | bigint)[] {
  const values: (Cell | bigint)[] = new Array(vector.length);
  let row = 0;
  for (const chunk of vector.data) {
    const before = row;
    const valueAt = reader(name, vector, chunk, (i) => vector.get(before + i));
    for (let i = 0; i < chunk.length; i++) {
      const value = chunk.getValid(i) ? valueAt(i) : null;
      values[row++] = typeof value === 'number' && Number.isNaN(value) ? null : value;
    }
  }
  return values;
}

/** Reads the non-missing values of a chunk. */
function reader(
  name: string,
  { type }: ArrowVectorLike,
  { values, dictionary }: ArrowDataLike,
  get: (i: number) => unknown,
): (i: number) => Cell | bigint {
  // biome-ignore lint/suspicious/noExplicitAny: the further fields depend on the type
  const { typeId, precision, scale, bitWidth, unit, timezone } = type as any;
  switch (typeId) {
    case TYPE.null:
      return () => null;
    case TYPE.integer:
    case TYPE.duration:
      return (i) => values[i];
    case TYPE.float:
      return precision === HALF_PRECISION ? (i) => get(i) as number : (i) => values[i];
    case TYPE.boolean:
    case TYPE.text:
    case TYPE.largeText:
    case TYPE.textView:
      return (i) => get(i) as boolean | string;
    case TYPE.decimal:
      return (i) => Number(`${integer(values, i, bitWidth / 32)}e-${scale}`);
    case TYPE.date:
      return unit === DAYS ? (i) => isoDay(values[i]) : (i) => isoTime(values[i], 1000n).split('T')[0];
    case TYPE.time:
      return (i) => isoTime(BigInt(values[i]), TICKS_PER_SECOND[unit]).slice('1970-01-01T'.length);
    case TYPE.timestamp: {
      const text = timezone ? isoInstant : isoTime;
      return (i) => text(values[i], TICKS_PER_SECOND[unit]);
    }
    case TYPE.dictionary: {
      const all = dictionary ? arrowValues(name, dictionary) : [];
      return (i) => all[Number(values[i])] ?? null;
    }
    default:
      throw new ChurnError('invalid-data', `column "${name}": expected scalar values, got ${type}`);
  }
}

/** An integer of several 32-bit words, the least significant first, in two's complement. */
function integer(words: ArrayLike<number>, place: number, length: number): bigint {
  let value = 0n;
  for (let k = length - 1; k >= 0; k--) value = (value << 32n) | BigInt(words[place * length + k] >>> 0);
  return BigInt.asIntN(32 * length, value);
}
