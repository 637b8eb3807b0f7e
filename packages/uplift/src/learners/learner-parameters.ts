import {
  type Classifier,
  classifierParameter,
  eitherOf,
  isClassLabel,
  type Parameter,
  parameter,
  type Regressor,
  regressorParameter,
  required,
  textParameter,
} from '@churn/core';

/** The treatment column; see `TreatmentOptions`. */
export const treatmentParameters = {
  /** The treatment column. It has two levels, text or numbers. */
  treatment: required(textParameter()),
  /** The level of the untreated rows. */
  control: required(parameter('a level of the treatment column', isClassLabel)),
};

/** A model of the outcome: a classifier of two classes, or a regressor. A `Pipeline` is allowed. */
// @__NO_SIDE_EFFECTS__
export function learnerParameter(): Parameter<Classifier | Regressor> {
  return {
    ...eitherOf(classifierParameter(), regressorParameter()),
    expected: 'a classifier or regressor to be fitted',
  };
}
