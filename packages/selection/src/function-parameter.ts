import { type Parameter, parameter } from '@churn/core';

/** Whether a value can be called: a class cannot, without `new`. */
export function isFunction(value: unknown): value is (...given: never[]) => unknown {
  return typeof value === 'function' && !Function.prototype.toString.call(value).startsWith('class');
}

/** A function whose result counts. */
export function functionParameter(expected: string): Parameter<(...given: never[]) => unknown> {
  return { ...parameter(expected, isFunction), isPlain: false };
}
