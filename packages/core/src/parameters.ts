import { ChurnError } from './error.js';
import type { Json, JsonObject } from './json.js';
import { inRange, type NumberRange, numbersIn } from './number-range.js';
import { requireParameter } from './parameter.js';
import { similarName } from './similar-name.js';
import { isPlainObject } from './state-reader.js';

/** What a parameter may be. Its check, its default, its type and what a configuration may hold for it follow from this. */
export interface Parameter<V = unknown> {
  /** What it may be, in words that follow on "expected". */
  readonly expected: string;
  /** Its value where it is not given. */
  readonly default?: V;
  /** Whether it has to be given. */
  readonly isRequired?: boolean;
  /** Whether text can hold it: a callback or an object with methods cannot stand in a configuration or a model file. */
  readonly isPlain: boolean;
  /** The values that a search tries where it is not told any. */
  readonly grid?: readonly V[];
  /** What it may be as a JSON Schema, as far as that can say it; none where it is not known. */
  readonly schema?: JsonObject;
  accepts(value: unknown): value is V;
}

/** A parameter that has a value even where it is not given. */
export interface DefaultParameter<V = unknown> extends Parameter<V> {
  readonly default: V;
}

/** A parameter that has to be given. */
export interface RequiredParameter<V = unknown> extends Parameter<V> {
  readonly isRequired: true;
}

/** The parameters of a class by name. */
export type ParameterRecord = Readonly<Record<string, Parameter>>;

type RequiredNames<D> = { [K in keyof D]: D[K] extends RequiredParameter ? K : never }[keyof D];

/** What a constructor with these parameters takes. */
export type OptionsOf<D extends ParameterRecord> = {
  readonly [K in keyof D as K extends RequiredNames<D> ? never : K]?: ValueOf<D[K]> | undefined;
} & {
  readonly [K in keyof D as K extends RequiredNames<D> ? K : never]: ValueOf<D[K]>;
};

/** The values of all parameters, defaults filled in. */
export type SettingsOf<D extends ParameterRecord> = {
  readonly [K in keyof D]: D[K] extends DefaultParameter | RequiredParameter
    ? ValueOf<D[K]>
    : ValueOf<D[K]> | undefined;
};

type ValueOf<P> = P extends Parameter<infer V> ? V : never;

// Each function below says that it has no side effects, so that bundlers leave out the parameters of classes that nobody uses.

/**
 * A parameter of any kind.
 *
 * @param expected what it may be, in words that follow on "expected".
 * @param schema the same as a JSON Schema, as far as that can say it.
 */
// @__NO_SIDE_EFFECTS__
export function parameter<V>(
  expected: string,
  accepts: (value: unknown) => value is V,
  schema?: JsonObject,
): Parameter<V> {
  return { expected, accepts, isPlain: true, ...(schema && { schema }) };
}

/** A finite number, within a range where there is one. */
// @__NO_SIDE_EFFECTS__
export function numberParameter(range: NumberRange = {}): Parameter<number> {
  return parameter(
    `a number${numbersIn(range)}`,
    (value): value is number => Number.isFinite(value) && inRange(value as number, range),
    { type: 'number', ...rangeSchema(range) },
  );
}

/** A whole number, within a range where there is one. */
// @__NO_SIDE_EFFECTS__
export function wholeNumberParameter(range: NumberRange = {}): Parameter<number> {
  return parameter(
    `a whole number${numbersIn(range)}`,
    (value): value is number => Number.isInteger(value) && inRange(value as number, range),
    { type: 'integer', ...rangeSchema(range) },
  );
}

// @__NO_SIDE_EFFECTS__
export function booleanParameter(): Parameter<boolean> {
  return parameter('true or false', (value): value is boolean => typeof value === 'boolean', {
    type: 'boolean',
  });
}

// @__NO_SIDE_EFFECTS__
export function textParameter(): Parameter<string> {
  return parameter('text', (value): value is string => typeof value === 'string', { type: 'string' });
}

/** One of a few values. */
// @__NO_SIDE_EFFECTS__
export function oneOf<const V extends string | number | boolean | null>(values: readonly V[]): Parameter<V> {
  const expected = values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
  return parameter(expected, (value): value is V => values.includes(value as V), { enum: [...values] });
}

/** What either of two parameters may be. */
// @__NO_SIDE_EFFECTS__
export function eitherOf<A, B>(a: Parameter<A>, b: Parameter<B>): Parameter<A | B> {
  return {
    ...parameter(
      `${a.expected} or ${b.expected}`,
      (value): value is A | B => a.accepts(value) || b.accepts(value),
      { anyOf: [a.schema ?? {}, b.schema ?? {}] },
    ),
    isPlain: a.isPlain && b.isPlain,
  };
}

/** What a parameter may be, or `null`. */
// @__NO_SIDE_EFFECTS__
export function orNull<V>(of: Parameter<V>): Parameter<V | null> {
  return { ...eitherOf(of, oneOf([null])), expected: `${of.expected} or null` };
}

/** A list of which each item is what `item` may be. */
// @__NO_SIDE_EFFECTS__
export function listOf<V>(item: Parameter<V>): Parameter<readonly V[]> {
  return {
    ...parameter(
      `a list of which each is ${item.expected}`,
      (value): value is readonly V[] => Array.isArray(value) && value.every((each) => item.accepts(each)),
      { type: 'array', ...(item.schema && { items: item.schema }) },
    ),
    isPlain: item.isPlain,
  };
}

/** A plain object of which each value is what `item` may be. */
// @__NO_SIDE_EFFECTS__
export function recordOf<V>(item: Parameter<V>): Parameter<Readonly<Record<string, V>>> {
  return {
    ...parameter(
      `an object of which each value is ${item.expected}`,
      (value): value is Readonly<Record<string, V>> =>
        isPlainObject(value) && Object.values(value).every((each) => item.accepts(each)),
      { type: 'object', ...(item.schema && { additionalProperties: item.schema }) },
    ),
    isPlain: item.isPlain,
  };
}

/** A function that is told something; it does not change a result, and cannot stand in a configuration. */
// @__NO_SIDE_EFFECTS__
// biome-ignore lint/suspicious/noExplicitAny: the arguments of any callback.
export function callback<F extends (...args: any[]) => void>(): Parameter<F> {
  return {
    ...parameter('a function', (value): value is F => typeof value === 'function'),
    isPlain: false,
  };
}

/** The parameter with a value for where it is not given. */
// @__NO_SIDE_EFFECTS__
export function withDefault<V>(of: Parameter<V>, value: V): DefaultParameter<V> {
  return { ...of, default: value };
}

/** The parameter as one that has to be given. */
// @__NO_SIDE_EFFECTS__
export function required<V>(of: Parameter<V>): RequiredParameter<V> {
  return { ...of, isRequired: true };
}

/** The parameter with the values that a search tries where it is not told any. */
// @__NO_SIDE_EFFECTS__
export function withGrid<P extends Parameter>(of: P, grid: readonly ValueOf<P>[]): P {
  return { ...of, grid };
}

/**
 * The values of all parameters: those of `options`, and the defaults of the others. `undefined` stands for one that is not given.
 *
 * @param options what a constructor was given.
 * @throws `invalid-parameter` for an option that there is not, that may not be what it is, or that is missing, naming it.
 */
export function readOptions<D extends ParameterRecord>(definition: D, options: unknown = {}): SettingsOf<D> {
  const given: Readonly<Record<string, unknown>> = isPlainObject(options) ? options : {};
  requireParameter(given === options, 'options', 'an object of parameters by name', options);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(definition, name) || given[name] === undefined) continue;
    throw new ChurnError('invalid-parameter', unknownOption(name, Object.keys(definition)));
  }
  const settings = Object.entries(definition).map(([name, each]) => {
    // An own key alone: a parameter may have the name of something that all objects have.
    const came = Object.hasOwn(given, name) ? given[name] : undefined;
    const value = came === undefined ? each.default : came;
    const isGiven = value !== undefined || each.isRequired === true;
    if (isGiven) requireParameter(each.accepts(value), name, each.expected, value, choicesOf(each));
    // What is no plain value, such as an engine or another model, has to stay the very one that was given.
    return [name, each.isPlain ? copied(value) : value];
  });
  return Object.fromEntries(settings) as SettingsOf<D>;
}

/** The names among the values of a parameter, of which a wrong one may be a misspelling. */
export function choicesOf({ schema }: Pick<Parameter, 'schema'>): string[] {
  return schema ? namesIn(schema) : [];
}

function namesIn({ enum: values = [], anyOf = [] }: JsonObject): string[] {
  return [
    ...(values as Json[]).filter((value) => typeof value === 'string'),
    ...(anyOf as JsonObject[]).flatMap(namesIn),
  ];
}

/** A range in the words of JSON Schema. */
function rangeSchema({ from, above, to, below }: NumberRange): JsonObject {
  return {
    ...(from !== undefined && { minimum: from }),
    ...(above !== undefined && { exclusiveMinimum: above }),
    ...(to !== undefined && { maximum: to }),
    ...(below !== undefined && { exclusiveMaximum: below }),
  };
}

/** A specification stays as it is when the caller changes a list or an object that it gave, or one within it. */
function copied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copied);
  if (!isPlainObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copied(each)]));
}

function unknownOption(name: string, known: readonly string[]): string {
  const similar = similarName(name, known);
  if (similar !== undefined) return `${name}: unknown; did you mean ${similar}?`;
  return known.length === 0
    ? `${name}: unknown; there are no options`
    : `${name}: unknown; the options are ${known.join(', ')}`;
}
