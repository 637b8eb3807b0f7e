import { choicesOf, didYouMean, type Json, type ModelDefinition, type Parameter } from '@churn/core';
import { z } from 'zod';
import { configurable, learnsHazards, models, N_INTERVALS } from '../model/models.js';
import {
  FEWEST_KNOTS,
  isSplines,
  MISSING,
  type Missing,
  MOST_KNOTS,
  type Splines,
} from '../model/suited-processing.js';
import { isObject } from './by-name.js';
import { isOwnEncoding, type OwnEncoding } from './encoding.js';

/** A value of a parameter, or several that the search tries: a list of them, even of one. */
function oneOrMore(parameter: Parameter) {
  const { accepts, expected } = parameter;
  return z.unknown().transform((given, { issues }): Json[] => {
    const values = accepts(given) || !Array.isArray(given) ? [given] : given;
    const wrong = values.find((value) => !accepts(value));
    if (wrong !== undefined || values.length === 0) {
      const came = values.length === 0 ? 'an empty list' : JSON.stringify(wrong);
      issues.push({
        code: 'custom',
        input: given,
        message: `expected ${expected}, or a list of such, got ${came}${didYouMean(wrong, choicesOf(parameter))}`,
      });
    }
    return values as Json[];
  });
}

/** The degree of the polynomial features that the columns are expanded to; 1 for the columns alone. */
const MOST_DEGREE = 3;
const degree: Parameter<number> = {
  expected: `a whole number from 1 to ${MOST_DEGREE}`,
  default: 1,
  schema: { type: 'integer', minimum: 1, maximum: MOST_DEGREE },
  isPlain: true,
  accepts: (value): value is number =>
    Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_DEGREE,
};

/** What becomes of missing values, for this model. */
const missing: Parameter<Missing> = {
  expected: `one of ${MISSING.join(', ')}`,
  schema: { enum: [...MISSING] },
  isPlain: true,
  accepts: (value): value is Missing => MISSING.includes(value as Missing),
};

/** From which skewness on numeric columns are Yeo-Johnson transformed for this model; null for none. */
const skewThreshold: Parameter<number | null> = {
  expected: 'a number from 0, or null',
  schema: { type: ['number', 'null'], minimum: 0 },
  isPlain: true,
  accepts: (value): value is number | null =>
    value === null || (typeof value === 'number' && value >= 0 && value < Infinity),
};

/** Whether numeric columns become splines for this model, and on how many knots. */
const splines: Parameter<Splines> = {
  expected: `true, false or a number of knots from ${FEWEST_KNOTS} to ${MOST_KNOTS}`,
  schema: { anyOf: [{ type: 'boolean' }, { type: 'integer', minimum: FEWEST_KNOTS, maximum: MOST_KNOTS }] },
  isPlain: true,
  accepts: isSplines,
};

/** How categories are encoded for this model. */
const encoding: Parameter<OwnEncoding> = {
  expected: 'ratio, oneHot or native, or an object with method, smoothing, folds or maxLevels',
  isPlain: true,
  accepts: isOwnEncoding,
};

/** The seed of this model and of its processing, in place of that for all. */
const seed: Parameter<number> = {
  expected: 'a whole number from 0',
  schema: { type: 'integer', minimum: 0 },
  isPlain: true,
  accepts: (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0,
};

/** What a configuration may say of a model. */
function gridOf(definition: ModelDefinition) {
  const parameters = Array.from(configurable(definition), ([name, parameter]) => {
    const values = oneOrMore(parameter);
    // What is most often tuned stands in the report, given or not.
    return [name, parameter.grid ? values.prefault(parameter.default) : values.optional()] as const;
  });
  const intervals = learnsHazards(definition)
    ? [['nIntervals', oneOrMore(N_INTERVALS).optional()] as const]
    : [];
  return z.strictObject({
    type: z.literal(definition.type),
    degree: oneOrMore(degree).prefault(1),
    missing: oneOrMore(missing).optional(),
    encoding: oneOrMore(encoding).optional(),
    seed: oneOrMore(seed).optional(),
    skewThreshold: oneOrMore(skewThreshold).optional(),
    splines: oneOrMore(splines).optional(),
    ...Object.fromEntries(parameters),
    ...Object.fromEntries(intervals),
  });
}

const [first, ...others] = models.map(gridOf);

/** A model of a configuration, each parameter a value or a list of values: all their combinations are candidates. */
export const modelGrid = z.discriminatedUnion('type', [first, ...others], {
  error({ input }) {
    const types = models.map(({ type }) => type);
    const given = isObject(input) ? input.type : undefined;
    const came = given === undefined ? '' : `, got ${JSON.stringify(given)}${didYouMean(given, types)}`;
    return `expected a model of one of the types ${types.join(', ')}${came}`;
  },
});

/** One combination of the values of a grid. */
export type ModelParameters = Readonly<Record<string, Json>> & {
  readonly type: string;
  readonly degree: number;
  /** Without them, those for all models; without these, what suits the model. */
  readonly missing?: Missing;
  readonly encoding?: OwnEncoding;
  readonly seed?: number;
  readonly skewThreshold?: number | null;
  /** Without it, none. */
  readonly splines?: Splines;
};

/** A candidate of the search: which model of the configuration it is, and its parameters. */
export type Candidate = ModelParameters & { readonly model: string };
