import {
  type Classifier,
  classifierParameter,
  listOf,
  type Parameter,
  type Regressor,
  regressorParameter,
} from '@churn/core';

/** One or more classifiers to be fitted. */
// @__NO_SIDE_EFFECTS__
export function classifiersParameter(): Parameter<readonly Classifier[]> {
  return oneOrMore(classifierParameter(), 'classifiers');
}

/** One or more regressors to be fitted. */
// @__NO_SIDE_EFFECTS__
export function regressorsParameter(): Parameter<readonly Regressor[]> {
  return oneOrMore(regressorParameter(), 'regressors');
}

// @__NO_SIDE_EFFECTS__
function oneOrMore<V>(item: Parameter<V>, items: string): Parameter<readonly V[]> {
  const list = listOf(item);
  return {
    ...list,
    expected: `a list of one or more ${items} to be fitted`,
    accepts: (value): value is readonly V[] => list.accepts(value) && value.length > 0,
  };
}
