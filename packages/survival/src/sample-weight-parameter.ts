import { isList, type Parameter, parameter } from '@churn/core';

/** A weight per row. */
// @__NO_SIDE_EFFECTS__
export function sampleWeightParameter(): Parameter<ArrayLike<number>> {
  return parameter('a list of weights, one per row', isNumbers);
}

function isNumbers(value: unknown): value is ArrayLike<number> {
  return isList(value) && Array.from(value).every((each) => typeof each === 'number');
}
