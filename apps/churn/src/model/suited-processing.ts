import type { AcceptedInput } from '@churn/core';
import type { Encoding, EncodingMethod, FullEncoding, OwnEncoding } from '../config/encoding.js';

/** The ways to treat missing values. */
export const MISSING = ['keep', 'fill', 'indicator', 'level'] as const;
export type Missing = (typeof MISSING)[number];

/** Category columns with more levels become ratios, unless a model takes categories natively. */
const FEW_LEVELS = 20;

/** Whether numeric columns become splines; a number is the number of knots. */
export type Splines = boolean | number;

export const MIN_KNOTS = 3;
export const MAX_KNOTS = 100;
/** The default number of knots. */
const KNOTS = 5;

export function isSplines(value: unknown): value is Splines {
  const isCount = Number.isInteger(value) && Number(value) >= MIN_KNOTS && Number(value) <= MAX_KNOTS;
  return typeof value === 'boolean' || isCount;
}

/** The processing that a configuration sets for all models. */
export interface Processed {
  readonly skewThreshold: number | null;
  readonly missing?: Missing | undefined;
  readonly encoding: Encoding;
}

/** The processing that a configuration sets for one model. */
interface ProcessedModel {
  readonly degree: number;
  readonly missing?: Missing | undefined;
  readonly encoding?: OwnEncoding | undefined;
  readonly skewThreshold?: number | null | undefined;
  readonly splines?: Splines | undefined;
}

/** The resulting processing for one model. */
export interface SuitedProcessing {
  /** The skewness above which columns are transformed; null for none. */
  readonly skewThreshold: number | null;
  /** The number of knots of splines; null for none. */
  readonly knots: number | null;
  readonly missing: Missing;
  readonly encoding: FullEncoding;
}

/** The processing of missing values and categories for a model: as configured, or else what suits the model. */
export function suitedProcessing(
  accepts: AcceptedInput,
  processing: Processed,
  model: ProcessedModel,
): SuitedProcessing {
  const own = typeof model.encoding === 'string' ? { method: model.encoding } : model.encoding;
  const {
    method = suitedMethod(accepts, model.degree),
    maxLevels = method === 'native' ? Infinity : FEW_LEVELS,
    ...encoding
  } = { ...processing.encoding, ...own };
  const { skewThreshold = processing.skewThreshold, splines = false } = model;
  return {
    skewThreshold,
    knots: splines === true ? KNOTS : splines || null,
    missing: model.missing ?? processing.missing ?? (accepts.missing ? 'keep' : 'indicator'),
    encoding: { method, maxLevels, ...encoding },
  };
}

function suitedMethod({ missing, categories }: AcceptedInput, degree: number): EncodingMethod {
  // Polynomial features require numbers, and a column of 0 and 1 equals its square.
  if (degree > 1) return 'ratio';
  if (categories) return 'native';
  // Models that take missing values are trees, which one column suits better than many of 0 and 1.
  return missing ? 'ratio' : 'oneHot';
}

/** The key that requests processing which a model does not support, with a message; `undefined` if there is none. */
export function unsuitedProcessing(
  accepts: AcceptedInput,
  processing: Processed,
  model: ProcessedModel & { readonly type: string },
): { readonly field: 'missing' | 'encoding' | 'splines'; readonly message: string } | undefined {
  const { type, degree, splines } = model;
  if (splines && degree > 1) {
    const message = `expected false, since polynomial features are made of the columns themselves, got ${splines}`;
    return { field: 'splines', message };
  }
  const { missing, encoding } = suitedProcessing(accepts, processing, model);
  if (missing === 'keep' && !accepts.missing) {
    const message = `expected fill, indicator or level, since ${type} takes no missing values, got keep`;
    return { field: 'missing', message };
  }
  if (encoding.method !== 'native' || (accepts.categories && degree === 1)) return undefined;
  const why = accepts.categories ? 'polynomial features are made of numbers' : `${type} takes no categories`;
  return { field: 'encoding', message: `expected ratio or oneHot, since ${why}, got native` };
}
