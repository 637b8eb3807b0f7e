import { type Classifier, classifierParameter, listOf, type Parameter } from '@churn/core';

/** One or more classifiers to be fitted. */
// @__NO_SIDE_EFFECTS__
export function classifiersParameter(): Parameter<readonly Classifier[]> {
  const list = listOf(classifierParameter());
  return {
    ...list,
    expected: 'a list of one or more classifiers to be fitted',
    accepts: (value): value is readonly Classifier[] => list.accepts(value) && value.length > 0,
  };
}
