import { binaryExponent, eitherOf, oneOf, type Parameter, parameter } from '@churn/core';

/**
 * The number of features considered for a split: the square root of their number, its logarithm to base 2, all, a number, or a share
 * below 1.
 */
export type MaxFeatures = 'sqrt' | 'log2' | 'all' | number;

/** The parameter check of `MaxFeatures`. */
// @__NO_SIDE_EFFECTS__
export function maxFeaturesParameter(): Parameter<MaxFeatures> {
  const count = parameter(
    'an integer of at least 1, or a share between 0 and 1',
    (value): value is number =>
      typeof value === 'number' && value > 0 && (value < 1 || Number.isInteger(value)),
    { type: 'number', exclusiveMinimum: 0 },
  );
  return eitherOf(oneOf(['sqrt', 'log2', 'all']), count);
}

/** The number of features considered out of `nFeatures`: at least one, at most all. */
export function nCompeting(maxFeatures: MaxFeatures, nFeatures: number): number {
  if (maxFeatures === 'all') return nFeatures;
  if (maxFeatures === 'sqrt') return Math.max(1, Math.floor(Math.sqrt(nFeatures)));
  if (maxFeatures === 'log2') return Math.max(1, binaryExponent(nFeatures));
  return Math.min(
    nFeatures,
    Math.max(1, Math.floor(maxFeatures < 1 ? maxFeatures * nFeatures : maxFeatures)),
  );
}
