import { z } from 'zod';
import { type JsonSchema, jsonSchemaOf, writtenAs } from './written-as.js';

/** The ways to encode categories. */
const METHODS = ['ratio', 'oneHot', 'native'] as const;
export type EncodingMethod = (typeof METHODS)[number];

const encodingFields = z.strictObject({
  method: z.enum(METHODS),
  /** The number of rows with the overall ratio that are added to each level; `auto` estimates it for each level. */
  smoothing: z.union([z.number().min(0), z.literal('auto')]),
  folds: z.int().min(2),
  /** The maximum number of levels of a column that is not encoded as ratios. */
  maxLevels: z.int().min(2),
});

/** A method alone is short for an object with only a method. */
const inFull = (given: unknown) => (typeof given === 'string' ? { method: given } : given);

const allFields = encodingFields.extend({
  method: encodingFields.shape.method.optional(),
  smoothing: encodingFields.shape.smoothing.default('auto'),
  folds: encodingFields.shape.folds.default(5),
  maxLevels: encodingFields.shape.maxLevels.optional(),
});

/** The encoding for all models. */
export const encoding = writtenAs(z.preprocess(inFull, allFields), () => ({
  anyOf: [{ enum: [...METHODS] }, jsonSchemaOf(allFields)],
}));

const ownEncoding = z.preprocess(inFull, encodingFields.partial());

/** The encoding for all models; without a method, that which suits each. */
export type Encoding = z.infer<typeof encoding>;

/** The complete encoding of a model. */
export type FullEncoding = z.infer<typeof encodingFields>;

/** The encoding of one model; missing keys default to those for all models. */
export type OwnEncoding = EncodingMethod | z.infer<typeof ownEncoding>;

/** The schema of the encoding of one model. */
export function ownEncodingSchema(): JsonSchema {
  return { anyOf: [{ enum: [...METHODS] }, jsonSchemaOf(encodingFields.partial())] };
}

export function isOwnEncoding(value: unknown): value is OwnEncoding {
  return ownEncoding.safeParse(value).success;
}
