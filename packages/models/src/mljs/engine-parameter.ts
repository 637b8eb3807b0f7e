import { type Parameter, parameter, type RequiredParameter, required } from '@churn/core';

/** The training engine of a model: an export of a library, passed as a parameter. It cannot be part of a configuration. */
export function engineParameter<E>(
  expected: string,
  isEngine: (engine: E) => boolean,
): RequiredParameter<E> & Parameter<E> {
  const accepts = (value: unknown): value is E => isEngine(value as E);
  return required({ ...parameter(expected, accepts), isPlain: false });
}

/** Whether an engine is a class with these methods, like that of the expected library. */
export function hasMethods(engine: unknown, ...methods: readonly string[]): boolean {
  const prototype: unknown = typeof engine === 'function' ? engine.prototype : undefined;
  return (
    typeof prototype === 'object' && prototype !== null && methods.every((method) => method in prototype)
  );
}
