import { z } from 'zod';
import { type JsonSchema, jsonSchemaOf, writtenAs } from './written-as.js';

/** What becomes of categories. */
const METHODS = ['ratio', 'oneHot', 'native'] as const;
export type EncodingMethod = (typeof METHODS)[number];

const encodingFields = z.strictObject({
  method: z.enum(METHODS),
  /** By how many rows the ratio of a level is drawn to that of all rows; `auto` estimates it for each level. */
  smoothing: z.union([z.number().min(0), z.literal('auto')]),
  folds: z.int().min(2),
  /** How many levels a column has at most that does not become ratios. */
  maxLevels: z.int().min(2),
});

/** A method may stand for an object that has nothing else. */
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

/** The encoding for all models; how it is done may be left to what suits each. */
export type Encoding = z.infer<typeof encoding>;

/** The encoding of a model, with nothing left out. */
export type FullEncoding = z.infer<typeof encodingFields>;

/** The encoding of one model; what it leaves out is as for all models. */
export type OwnEncoding = EncodingMethod | z.infer<typeof ownEncoding>;

/** What a configuration may say of the encoding of one model. */
export function ownEncodingSchema(): JsonSchema {
  return { anyOf: [{ enum: [...METHODS] }, jsonSchemaOf(encodingFields.partial())] };
}

export function isOwnEncoding(value: unknown): value is OwnEncoding {
  return ownEncoding.safeParse(value).success;
}
