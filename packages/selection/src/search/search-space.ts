import { exp, isPlainObject, log, requireParameter } from '@churn/core';

/** A range of numbers to search. */
export class NumberRange {
  readonly #from: number;
  readonly #to: number;

  constructor(
    readonly low: number,
    readonly high: number,
    readonly isWhole: boolean,
    readonly isLogarithmic: boolean,
  ) {
    // Each integer has an equal part of the range, those at its ends too.
    const margin = isWhole ? 0.5 : 0;
    this.#from = this.#scaled(low - margin);
    this.#to = this.#scaled(high + margin);
  }

  /** The number at a place from 0 to 1. */
  valueAt(place: number): number {
    const scaled = this.#from + place * (this.#to - this.#from);
    const value = this.isLogarithmic ? exp(scaled) : scaled;
    return Math.min(this.high, Math.max(this.low, this.isWhole ? Math.round(value) : value));
  }

  /** The place of a number, from 0 to 1; nothing of what is not in the range. */
  placeOf(value: unknown): number | undefined {
    const isIn =
      typeof value === 'number' &&
      value >= this.low &&
      value <= this.high &&
      (!this.isWhole || Number.isInteger(value));
    return isIn ? (this.#scaled(value) - this.#from) / (this.#to - this.#from) : undefined;
  }

  #scaled(value: number): number {
    return this.isLogarithmic ? log(value) : value;
  }
}

/** Values to choose from, in no order. */
export class Choices<V> {
  constructor(readonly values: readonly V[]) {}
}

export type Dimension = NumberRange | Choices<unknown>;

/**
 * Numbers from `low` to `high`, with a uniform prior.
 * @throws `invalid-parameter` unless `low` is below `high`.
 */
export function uniform(low: number, high: number): NumberRange {
  requireRange(low, high);
  return new NumberRange(low, high, false, false);
}

/**
 * Numbers from `low` to `high`, with a log-uniform prior: for learning rates, penalties and the like.
 * @throws `invalid-parameter` unless both are above 0, and `low` is below `high`.
 */
export function logUniform(low: number, high: number): NumberRange {
  requireRange(low, high);
  requireParameter(low > 0, 'low', 'a number above 0', low);
  return new NumberRange(low, high, false, true);
}

/**
 * Integers from `low` to `high`, both included, with a uniform prior.
 * @throws `invalid-parameter` unless both are integers, and `low` is below `high`.
 */
export function integer(low: number, high: number): NumberRange {
  requireRange(low, high);
  requireWhole(low, high);
  return new NumberRange(low, high, true, false);
}

/**
 * Integers from `low` to `high`, both included, with a log-uniform prior: for numbers of leaves or rows.
 * @throws `invalid-parameter` unless both are integers of at least 1, and `low` is below `high`.
 */
export function logInteger(low: number, high: number): NumberRange {
  requireRange(low, high);
  requireWhole(low, high);
  requireParameter(low >= 1, 'low', 'an integer of at least 1', low);
  return new NumberRange(low, high, true, true);
}

/**
 * One of a few values, in no order.
 * @throws `invalid-parameter` if there are none, or one is repeated.
 */
export function oneOf<const V>(values: readonly V[]): Choices<V> {
  requireParameter(Array.isArray(values) && values.length > 0, 'values', 'a list of values', values);
  const isUnique = values.every((value, i) => values.findIndex((other) => isSame(other, value)) === i);
  requireParameter(isUnique, 'values', 'a list without repetitions', values);
  return new Choices([...values]);
}

/** The space of each parameter, or its fixed value. */
export type SearchSpace = Readonly<Record<string, unknown>>;

/** The parameters of a candidate of a space, or of one of several. */
export type ParamsIn<S> = S extends readonly (infer Each)[]
  ? ParamsIn<Each>
  : {
      readonly [K in keyof S]: S[K] extends NumberRange ? number : S[K] extends Choices<infer V> ? V : S[K];
    };

/** A candidate as estimators see it. */
export interface Point {
  /** The number of its space. */
  readonly space: number;
  /** For each dimension of the space a place from 0 to 1, or the number of a choice. */
  readonly at: readonly number[];
}

/** One space or several, of which a candidate is in one. */
export class SearchSpaces<P> {
  readonly #spaces: readonly SearchSpace[];
  /** The dimensions of each space. */
  readonly dimensions: readonly (readonly Dimension[])[];

  /** @throws `invalid-parameter` for what is no space, and if there is nothing to choose. */
  constructor(space: SearchSpace | readonly SearchSpace[]) {
    const isSpace = isPlainObject(space) || (Array.isArray(space) && space.every(isPlainObject));
    const expected = 'an object with the space of each parameter, such as integer(2, 8), or several of them';
    requireParameter(isSpace, 'space', expected, space);
    this.#spaces = (Array.isArray(space) ? space : [space]) as readonly SearchSpace[];
    this.dimensions = this.#spaces.map((each) => Object.values(each).filter(isDimension));
    const isChoice = this.#spaces.length > 1 || this.dimensions.some(({ length }) => length > 0);
    requireParameter(isChoice, 'space', 'a parameter with several values', space);
  }

  paramsAt({ space, at }: Point): P {
    let next = 0;
    const entries = Object.entries(this.#spaces[space]).map(([name, each]) => {
      if (each instanceof NumberRange) return [name, each.valueAt(at[next++])];
      return [name, each instanceof Choices ? each.values[at[next++]] : each];
    });
    return Object.fromEntries(entries) as P;
  }

  /** The point of a candidate; nothing of one that is in none of the spaces. */
  pointOf(params: P): Point | undefined {
    for (const [space, given] of this.#spaces.entries()) {
      const at = placesIn(given, params);
      if (at) return { space, at };
    }
    return undefined;
  }
}

function placesIn(space: SearchSpace, params: unknown): number[] | undefined {
  if (!isPlainObject(params)) return undefined;
  const names = new Set([...Object.keys(space), ...Object.keys(params)]);
  const places: number[] = [];
  for (const name of names) {
    const each = Object.hasOwn(space, name) ? space[name] : undefined;
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (each instanceof NumberRange) places.push(each.placeOf(value) ?? -1);
    else if (each instanceof Choices) places.push(each.values.findIndex((other) => isSame(other, value)));
    else if (!isSame(each, value)) return undefined;
  }
  return places.includes(-1) ? undefined : places;
}

function isDimension(value: unknown): value is Dimension {
  return value instanceof NumberRange || value instanceof Choices;
}

function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function requireRange(low: number, high: number): void {
  requireParameter(Number.isFinite(low), 'low', 'a number', low);
  requireParameter(Number.isFinite(high) && high > low, 'high', `a number above ${low}`, high);
}

function requireWhole(low: number, high: number): void {
  requireParameter(Number.isInteger(low), 'low', 'an integer', low);
  requireParameter(Number.isInteger(high), 'high', 'an integer', high);
}
