import { booleanParameter, numberParameter, withDefault } from '@churn/core';

/** The strength of a penalty, at least 0. */
// @__NO_SIDE_EFFECTS__
export function alphaParameter() {
  return withDefault(numberParameter({ from: 0 }), 1);
}

/** Whether to add an intercept. */
// @__NO_SIDE_EFFECTS__
export function fitInterceptParameter() {
  return withDefault(booleanParameter(), true);
}
