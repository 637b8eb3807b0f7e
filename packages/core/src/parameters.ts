import { ChurnError } from './error.js';
import type { Json, JsonObject } from './json.js';
import { inRange, type NumberRange, numbersIn } from './number-range.js';
import { requireParameter } from './parameter.js';
import { similarName } from './similar-name.js';
import { isPlainObject } from './state-reader.js';

/** The definition of a parameter, from which its check, default, type and place in configurations follow. */
export interface Parameter<V = unknown> {
  /** The valid values, in words that follow "expected". */
  readonly expected: string;
  /** The default value. */
  readonly default?: V;
  /** Whether it is required. */
  readonly isRequired?: boolean;
  /** Whether it is plain data: a callback or an object with methods cannot be in a configuration or a model file. */
  readonly isPlain: boolean;
  /** The values that a search tries if it is not told any. */
  readonly grid?: readonly V[];
  /** What it may be as a JSON Schema, as far as that can say it; none if it is not known. */
  readonly schema?: JsonObject;
  accepts(value: unknown): value is V;
}

/** A parameter with a default. */
export interface DefaultParameter<V = unknown> extends Parameter<V> {
  readonly default: V;
}

/** A required parameter. */
export interface RequiredParameter<V = unknown> extends Parameter<V> {
  readonly isRequired: true;
}

/** The parameters of a class by name. */
export type ParameterRecord = Readonly<Record<string, Parameter>>;

type RequiredNames<D> = { [K in keyof D]: D[K] extends RequiredParameter ? K : never }[keyof D];

/** The constructor options for these parameters. */
export type OptionsOf<D extends ParameterRecord> = {
  readonly [K in keyof D as K extends RequiredNames<D> ? never : K]?: ValueOf<D[K]> | undefined;
} & {
  readonly [K in keyof D as K extends RequiredNames<D> ? K : never]: ValueOf<D[K]>;
};

/** The values of all parameters, with defaults filled in. */
export type SettingsOf<D extends ParameterRecord> = {
  readonly [K in keyof D]: D[K] extends DefaultParameter | RequiredParameter
    ? ValueOf<D[K]>
    : ValueOf<D[K]> | undefined;
};

type ValueOf<P> = P extends Parameter<infer V> ? V : never;

// Each function below is marked free of side effects, so that bundlers drop the parameters of unused classes.

/**
 * A parameter of any kind.
 *
 * @param expected the valid values, in words that follow "expected".
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

/** A finite number, optionally within a range. */
// @__NO_SIDE_EFFECTS__
export function numberParameter(range: NumberRange = {}): Parameter<number> {
  return parameter(
    `a number${numbersIn(range)}`,
    (value): value is number => Number.isFinite(value) && inRange(value as number, range),
    { type: 'number', ...rangeSchema(range) },
  );
}

/** An integer, optionally within a range. */
// @__NO_SIDE_EFFECTS__
export function integerParameter(range: NumberRange = {}): Parameter<number> {
  return parameter(
    `an integer${numbersIn(range)}`,
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

/** A parameter that accepts the values of either of two. */
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

/** A parameter that also accepts `null`. */
// @__NO_SIDE_EFFECTS__
export function orNull<V>(of: Parameter<V>): Parameter<V | null> {
  return { ...eitherOf(of, oneOf([null])), expected: `${of.expected} or null` };
}

/** A list of items that are each valid for `item`. */
// @__NO_SIDE_EFFECTS__
export function listOf<V>(item: Parameter<V>): Parameter<readonly V[]> {
  return {
    ...parameter(
      `a list, each item ${item.expected}`,
      (value): value is readonly V[] => Array.isArray(value) && value.every((each) => item.accepts(each)),
      { type: 'array', ...(item.schema && { items: item.schema }) },
    ),
    isPlain: item.isPlain,
  };
}

/** A plain object whose values are each valid for `item`. */
// @__NO_SIDE_EFFECTS__
export function recordOf<V>(item: Parameter<V>): Parameter<Readonly<Record<string, V>>> {
  return {
    ...parameter(
      `an object, each value ${item.expected}`,
      (value): value is Readonly<Record<string, V>> =>
        isPlainObject(value) && Object.values(value).every((each) => item.accepts(each)),
      { type: 'object', ...(item.schema && { additionalProperties: item.schema }) },
    ),
    isPlain: item.isPlain,
  };
}

/** A callback; it does not change results, and cannot be in a configuration. */
// @__NO_SIDE_EFFECTS__
// biome-ignore lint/suspicious/noExplicitAny: the arguments of any callback.
export function callback<F extends (...args: any[]) => void>(): Parameter<F> {
  return {
    ...parameter('a function', (value): value is F => typeof value === 'function'),
    isPlain: false,
  };
}

/** The parameter with a value for if it is not given. */
// @__NO_SIDE_EFFECTS__
export function withDefault<V>(of: Parameter<V>, value: V): DefaultParameter<V> {
  return { ...of, default: value };
}

/** The parameter, made required. */
// @__NO_SIDE_EFFECTS__
export function required<V>(of: Parameter<V>): RequiredParameter<V> {
  return { ...of, isRequired: true };
}

/** The parameter with the values that a search tries if it is not told any. */
// @__NO_SIDE_EFFECTS__
export function withGrid<P extends Parameter>(of: P, grid: readonly ValueOf<P>[]): P {
  return { ...of, grid };
}

/**
 * The values of all parameters: those in `options`, and defaults for the rest. `undefined` counts as not given.
 *
 * @param options the options given to a constructor.
 * @throws `invalid-parameter` for an unknown, invalid or missing option, naming it.
 */
export function readOptions<D extends ParameterRecord>(definition: D, options: unknown = {}): SettingsOf<D> {
  const given: Readonly<Record<string, unknown>> = isPlainObject(options) ? options : {};
  requireParameter(given === options, 'options', 'an object of parameters by name', options);
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(definition, name) || given[name] === undefined) continue;
    throw new ChurnError('invalid-parameter', unknownOption(name, Object.keys(definition)));
  }
  const settings = Object.entries(definition).map(([name, each]) => {
    // Own keys only: a parameter may have the name of an inherited property.
    const received = Object.hasOwn(given, name) ? given[name] : undefined;
    const value = received === undefined ? each.default : received;
    const isGiven = value !== undefined || each.isRequired === true;
    if (isGiven) requireParameter(each.accepts(value), name, each.expected, value, choicesOf(each));
    // Objects that are not plain, such as an engine or another model, must keep their identity.
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

/** A copy, so that a specification does not change when the caller modifies a list or an object, even a nested one. */
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
