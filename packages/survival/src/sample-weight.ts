import { checkedWeights, isList, type Parameter, parameter } from '@churn/core';

/** A weight per row. */
// @__NO_SIDE_EFFECTS__
export function sampleWeightParameter(): Parameter<ArrayLike<number>> {
  return parameter('a list of weights, one per row', isNumbers);
}

/**
 * The weight of each row: 1 if none are given.
 * @throws `invalid-data` if there is not one per row, or one is negative or not finite.
 */
export function weightsOf(
  { length }: { readonly length: number },
  sampleWeight?: ArrayLike<number>,
): Float64Array {
  return sampleWeight ? checkedWeights(sampleWeight, length) : new Float64Array(length).fill(1);
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return isList(value) && Array.from(value).every((each) => typeof each === 'number');
}
