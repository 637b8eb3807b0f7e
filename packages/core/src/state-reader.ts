import { ChurnError } from './error.js';
import { firstRepeated } from './first-repeated.js';
import type { Json } from './json.js';
import type { ClassLabel } from './labels.js';
import { inRange, type NumberRange, numbersIn } from './number-range.js';
import { type PackedArray, type PackedArrayType, unpackArray } from './packed-array.js';

type Check<T> = (value: unknown) => value is T;

/**
 * Reads the fields of a saved state, and rejects those that its class cannot have written.
 *
 * ```ts
 * const state = new StateReader('StandardScaler', parsed);
 * state.record('means', isNumber); // { age: 46.3 }
 * ```
 * Every method throws `model-file`, naming the class and the field.
 */
export class StateReader {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(
    /** The owner of the state, for messages. */
    readonly owner: string,
    state: unknown,
  ) {
    if (!isPlainObject(state)) throw this.#refuse('', 'an object', state);
    this.#fields = state;
  }

  /** Whether the field exists; states of earlier versions lack later fields. */
  has(key: string): boolean {
    return Object.hasOwn(this.#fields, key);
  }

  /** Any existing field. */
  get(key: string): unknown {
    if (!this.has(key)) throw this.#refuse(key, 'a value', undefined);
    return this.#fields[key];
  }

  /** A finite number, within `range` if given. */
  number(key: string, range: NumberRange = {}): number {
    return this.#checked(
      key,
      (value): value is number => isNumber(value) && inRange(value, range),
      `a number${numbersIn(range)}`,
    );
  }

  /** An integer, within `range` if given. */
  integer(key: string, range: NumberRange = {}): number {
    return this.#checked(
      key,
      (value): value is number => Number.isSafeInteger(value) && inRange(value as number, range),
      `an integer${numbersIn(range)}`,
    );
  }

  string(key: string): string {
    return this.#checked(key, isString, 'text');
  }

  boolean(key: string): boolean {
    return this.#checked(key, isBoolean, 'true or false');
  }

  /** A field that is one of `values`. */
  oneOf<T extends Json>(key: string, values: readonly T[]): T {
    return this.#checked(
      key,
      (value): value is T => values.includes(value as T),
      `one of ${JSON.stringify(values)}`,
    );
  }

  /** A list whose items all pass `check`. */
  list<T>(key: string, check: Check<T>): T[] {
    const isList = (value: unknown): value is T[] => Array.isArray(value) && value.every(check);
    return this.#checked(key, isList, `a list that passes ${check.name}`);
  }

  /** A list of finite numbers, optionally of a `length` and within a range. */
  numbers(key: string, { length, ...range }: NumberRange & { readonly length?: number } = {}): number[] {
    const isEach = (value: unknown) => isNumber(value) && inRange(value, range);
    return this.#checked(
      key,
      (value): value is number[] =>
        Array.isArray(value) && (length === undefined || value.length === length) && value.every(isEach),
      `a list of ${length === undefined ? '' : `${length} `}numbers${numbersIn(range)}`,
    );
  }

  /** A list of unique names. */
  names(key: string): string[] {
    const names = this.list(key, isString);
    this.expect(firstRepeated(names) === undefined, key, 'unique names');
    return names;
  }

  /** A class label. */
  label(key: string): ClassLabel {
    return this.#checked(key, isClassLabel, 'a class label');
  }

  /** The classes of a classifier: two or more, without duplicates. */
  classes(key: string, most = Infinity): ClassLabel[] {
    const classes = this.list(key, isClassLabel);
    const isRight = classes.length >= 2 && classes.length <= most && firstRepeated(classes) === undefined;
    this.expect(isRight, key, `${most < Infinity ? `2 to ${most}` : 'two or more'} classes, each once`);
    return classes;
  }

  /** An object whose values all pass `check`. */
  record<T>(key: string, check: Check<T>): Record<string, T> {
    const isRecord = (value: unknown): value is Record<string, T> =>
      isPlainObject(value) && Object.values(value).every(check);
    return this.#checked(key, isRecord, `an object whose values pass ${check.name}`);
  }

  /** A typed array packed by `packArray`, of finite numbers, optionally of a `length` and within a range. */
  packed<T extends PackedArray>(
    key: string,
    Type: PackedArrayType<T>,
    { length, ...range }: NumberRange & { readonly length?: number } = {},
  ): T {
    const text = this.string(key);
    const array = unpackArray(text, Type);
    if (!array) throw this.#refuse(key, `the base64 of a ${Type.name}`, text);
    if (length !== undefined && array.length !== length) {
      throw this.#refuse(key, `the base64 of ${length} numbers`, array.length);
    }
    const isFloat = array instanceof Float64Array || array instanceof Float32Array;
    if (!isFloat && Object.keys(range).length === 0) return array;
    // There may be millions: the range is read once, and a call per number would cost time.
    const { from = -Number.MAX_VALUE, above = -Infinity, to = Number.MAX_VALUE } = range;
    for (let i = 0; i < array.length; i++) {
      const value = array[i];
      if (value >= from && value > above && value <= to) continue;
      throw this.#refuse(key, `the base64 of finite numbers${numbersIn(range)}`, value);
    }
    return array;
  }

  /** The state inside a field. */
  child(key: string): StateReader {
    return new StateReader(`${this.owner}.${key}`, this.get(key));
  }

  /** The states in a list. */
  children(key: string): StateReader[] {
    return this.list(key, isPlainObject).map(
      (item, i) => new StateReader(`${this.owner}.${key}[${i}]`, item),
    );
  }

  /**
   * Rejects the field unless `isValid`: for checks that involve other fields.
   * @param expected the valid values, for the message.
   */
  expect(isValid: boolean, key: string, expected: string): void {
    if (!isValid) throw this.#refuse(key, expected, this.get(key));
  }

  #checked<T>(key: string, check: Check<T>, expected: string): T {
    const value = this.get(key);
    if (!check(value)) throw this.#refuse(key, expected, value);
    return value;
  }

  #refuse(key: string, expected: string, received: unknown): ChurnError {
    // A key may come from the file, such as a column name.
    const field = key === '' ? 'its state' : JSON.stringify(key.slice(0, 60));
    return new ChurnError(
      'model-file',
      `${this.owner}: expected ${field} to be ${expected}, got ${shown(received)}`,
    );
  }
}

/** The beginning of a value as JSON, for a message. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  try {
    // Only as much is serialized as is shown.
    const part = typeof value === 'string' || Array.isArray(value) ? value.slice(0, 60) : value;
    return (JSON.stringify(part) ?? String(value)).slice(0, 60);
  } catch {
    return 'a value nested too deep to be shown';
  }
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

/** A number, or `null` for one that could not be computed. */
export function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}

/** A JSON object: neither null nor a list. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of numbers. */
export function isNumberRecord(value: unknown): value is Record<string, number> {
  return isPlainObject(value) && Object.values(value).every(isNumber);
}

/** A class label. */
export function isClassLabel(value: unknown): value is ClassLabel {
  return isString(value) || isNumber(value) || isBoolean(value);
}
