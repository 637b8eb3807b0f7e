import { ChurnError } from './error.js';
import type { Json } from './json.js';
import type { ClassLabel } from './labels.js';
import { type PackedArray, type PackedArrayType, unpackArray } from './packed-array.js';

type Check<T> = (value: unknown) => value is T;

/**
 * Reads the fields of a saved state, and refuses each that is not what the class writes.
 *
 * ```ts
 * const state = new StateReader('StandardScaler', parsed);
 * state.record('means', isNumber); // { age: 46.3 }
 * ```
 * Every method throws `model-file`, naming the class and the field.
 */
export class StateReader {
  readonly #owner: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @param owner whose state it is, for messages. */
  constructor(owner: string, state: unknown) {
    this.#owner = owner;
    if (!isPlainObject(state)) throw this.#refuse('', 'an object', state);
    this.#fields = state;
  }

  /** Whether there is such a field: what later versions add, the states of earlier ones lack. */
  has(key: string): boolean {
    return Object.hasOwn(this.#fields, key);
  }

  /** Any field that is there. */
  get(key: string): unknown {
    if (!this.has(key)) throw this.#refuse(key, 'a value', undefined);
    return this.#fields[key];
  }

  number(key: string): number {
    return this.#checked(key, isNumber, 'a number');
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

  /** An object whose values all pass `check`. */
  record<T>(key: string, check: Check<T>): Record<string, T> {
    const isRecord = (value: unknown): value is Record<string, T> =>
      isPlainObject(value) && Object.values(value).every(check);
    return this.#checked(key, isRecord, `an object whose values pass ${check.name}`);
  }

  /** A typed array that `packArray` made text of. */
  packed<T extends PackedArray>(key: string, Type: PackedArrayType<T>): T {
    const text = this.string(key);
    const array = unpackArray(text, Type);
    if (!array) throw this.#refuse(key, `the base64 of a ${Type.name}`, text);
    return array;
  }

  /** The state inside a field. */
  child(key: string): StateReader {
    return new StateReader(`${this.#owner}.${key}`, this.get(key));
  }

  /** The states in a list. */
  children(key: string): StateReader[] {
    return this.list(key, isPlainObject).map(
      (item, i) => new StateReader(`${this.#owner}.${key}[${i}]`, item),
    );
  }

  #checked<T>(key: string, check: Check<T>, expected: string): T {
    const value = this.get(key);
    if (!check(value)) throw this.#refuse(key, expected, value);
    return value;
  }

  #refuse(key: string, expected: string, came: unknown): ChurnError {
    const field = key === '' ? 'its state' : `"${key}"`;
    const shown = came === undefined ? 'nothing' : (JSON.stringify(came) ?? String(came)).slice(0, 60);
    return new ChurnError('model-file', `${this.#owner}: expected ${field} to be ${expected}, got ${shown}`);
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

/** A number, or `null` for one that could not be learned. */
export function isNumberOrNull(value: unknown): value is number | null {
  return value === null || isNumber(value);
}

/** An object of a JSON text: not null, not a list. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of numbers. */
export function isNumberRecord(value: unknown): value is Record<string, number> {
  return isPlainObject(value) && Object.values(value).every(isNumber);
}

/** The name of a class. */
export function isClassLabel(value: unknown): value is ClassLabel {
  return isString(value) || isNumber(value) || isBoolean(value);
}
