import {
  type Classifier,
  classifierParameter,
  listOf,
  type Parameter,
  type Regressor,
  regressorParameter,
} from '@churn/core';

/** A parameter of one or more unfitted classifiers. */
// @__NO_SIDE_EFFECTS__
export function classifiersParameter(): Parameter<readonly Classifier[]> {
  return oneOrMore(classifierParameter(), 'classifiers');
}

/** A parameter of one or more unfitted regressors. */
// @__NO_SIDE_EFFECTS__
export function regressorsParameter(): Parameter<readonly Regressor[]> {
  return oneOrMore(regressorParameter(), 'regressors');
}

// @__NO_SIDE_EFFECTS__
function oneOrMore<V>(item: Parameter<V>, items: string): Parameter<readonly V[]> {
  const list = listOf(item);
  return {
    ...list,
    expected: `a list of one or more unfitted ${items}`,
    accepts: (value): value is readonly V[] => list.accepts(value) && value.length > 0,
  };
}
