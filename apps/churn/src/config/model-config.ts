import { choicesOf, didYouMean, type Json, type ModelDefinition, type Parameter } from '@churn/core';
import { z } from 'zod';
import { configurable, learnsHazards, models, N_INTERVALS } from '../model/models.js';
import {
  isSplines,
  MAX_KNOTS,
  MIN_KNOTS,
  MISSING,
  type Missing,
  type Splines,
} from '../model/suited-processing.js';
import { isObject } from './by-name.js';
import { isOwnEncoding, type OwnEncoding, ownEncodingSchema } from './encoding.js';
import { type JsonSchema, jsonSchemaOf, writtenAs } from './written-as.js';

/** A value of a parameter, or a list of values for the search to try. */
function oneOrMore(parameter: Parameter, schemaOf = () => (parameter.schema ?? {}) as JsonSchema) {
  const { accepts, expected } = parameter;
  const read = z.unknown().transform((given, { issues }): Json[] => {
    const values = accepts(given) || !Array.isArray(given) ? [given] : given;
    const wrong = values.find((value) => !accepts(value));
    if (wrong !== undefined || values.length === 0) {
      const received = values.length === 0 ? 'an empty list' : JSON.stringify(wrong);
      issues.push({
        code: 'custom',
        input: given,
        message: `expected ${expected}, or a list of such, got ${received}${didYouMean(wrong, choicesOf(parameter))}`,
      });
    }
    return values as Json[];
  });
  return writtenAs(read, () => {
    const one = schemaOf();
    const description = `${expected}, or a list of values to try`;
    return { description, anyOf: [one, { type: 'array', items: one, minItems: 1 }] };
  });
}

/** The degree of polynomial features; 1 for none. */
const MAX_DEGREE = 3;
const degree: Parameter<number> = {
  expected: `an integer from 1 to ${MAX_DEGREE}`,
  default: 1,
  schema: { type: 'integer', minimum: 1, maximum: MAX_DEGREE },
  isPlain: true,
  accepts: (value): value is number =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MAX_DEGREE,
};

/** The imputation of missing values, for this model. */
const missing: Parameter<Missing> = {
  expected: `one of ${MISSING.join(', ')}`,
  schema: { enum: [...MISSING] },
  isPlain: true,
  accepts: (value): value is Missing => MISSING.includes(value as Missing),
};

/** The skewness above which numeric columns are Yeo-Johnson transformed for this model; null for none. */
const skewThreshold: Parameter<number | null> = {
  expected: 'a number of at least 0, or null',
  schema: { type: ['number', 'null'], minimum: 0 },
  isPlain: true,
  accepts: (value): value is number | null =>
    value === null || (typeof value === 'number' && value >= 0 && value < Infinity),
};

/** Whether numeric columns become splines for this model, and the number of knots. */
const splines: Parameter<Splines> = {
  expected: `true, false or a number of knots from ${MIN_KNOTS} to ${MAX_KNOTS}`,
  schema: { anyOf: [{ type: 'boolean' }, { type: 'integer', minimum: MIN_KNOTS, maximum: MAX_KNOTS }] },
  isPlain: true,
  accepts: isSplines,
};

/** The encoding of categories for this model. */
const encoding: Parameter<OwnEncoding> = {
  expected: 'ratio, oneHot or native, or an object with method, smoothing, folds or maxLevels',
  isPlain: true,
  accepts: isOwnEncoding,
};

/** The seed of this model and its processing, instead of the global one. */
const seed: Parameter<number> = {
  expected: 'an integer of at least 0',
  schema: { type: 'integer', minimum: 0 },
  isPlain: true,
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** The schema of a model in a configuration. */
function gridOf(definition: ModelDefinition) {
  const parameters = Array.from(configurable(definition), ([name, parameter]) => {
    const values = oneOrMore(parameter);
    // The parameters tuned most often are always in the report.
    return [name, parameter.grid ? values.prefault(parameter.default) : values.optional()] as const;
  });
  const intervals = learnsHazards(definition)
    ? [['nIntervals', oneOrMore(N_INTERVALS).optional()] as const]
    : [];
  return z.strictObject({
    type: z.literal(definition.type),
    degree: oneOrMore(degree).prefault(1),
    missing: oneOrMore(missing).optional(),
    encoding: oneOrMore(encoding, ownEncodingSchema).optional(),
    seed: oneOrMore(seed).optional(),
    skewThreshold: oneOrMore(skewThreshold).optional(),
    splines: oneOrMore(splines).optional(),
    ...Object.fromEntries(parameters),
    ...Object.fromEntries(intervals),
  });
}

const grids = models.map(gridOf);
const [first, ...others] = grids;

const grid = z.discriminatedUnion('type', [first, ...others], {
  error({ input }) {
    const types = models.map(({ type }) => type);
    const given = isObject(input) ? input.type : undefined;
    const received = given === undefined ? '' : `, got ${JSON.stringify(given)}${didYouMean(given, types)}`;
    return `expected a model of one of the types ${types.join(', ')}${received}`;
  },
});

/** A model of a configuration, each parameter a value or a list of values: all their combinations are candidates. */
export const modelGrid = writtenAs(grid, () => ({
  oneOf: undefined,
  anyOf: undefined,
  type: 'object',
  required: ['type'],
  properties: { type: { enum: models.map(({ type }) => type) } },
  // So that editors report an invalid parameter within its model, instead of a mismatch with all models.
  allOf: grids.map((each, i) => ({
    if: { required: ['type'], properties: { type: { const: models[i].type } } },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema.
    then: jsonSchemaOf(each),
  })),
}));

/** One combination of the values of a grid. */
export type ModelParameters = Readonly<Record<string, Json>> & {
  readonly type: string;
  readonly degree: number;
  /** By default those for all models, else what suits the model. */
  readonly missing?: Missing;
  readonly encoding?: OwnEncoding;
  readonly seed?: number;
  readonly skewThreshold?: number | null;
  /** By default, none. */
  readonly splines?: Splines;
};

/** A candidate of the search: which model of the configuration it is, and its parameters. */
export type Candidate = ModelParameters & { readonly model: string };
