import { ChurnError } from '@churn/core';

/** Why classes cannot be lowered, by class name. */
export const unsupportedClasses: Readonly<Record<string, string>> = {
  CustomTransformer: 'it consists of JavaScript functions',
};

/** @throws `unsupported`, with the name of the class. */
export function unsupportedClass(type: string): never {
  const why = Object.hasOwn(unsupportedClasses, type)
    ? unsupportedClasses[type]
    : 'exports do not support its class';
  return throwUnsupported(type, why);
}

/** @throws `unsupported`, with `what` and the reason. */
export function throwUnsupported(what: string, why: string): never {
  throw new ChurnError(
    'unsupported',
    `${what}: cannot be exported because ${why}; expected a pipeline of the transformers and models of the @churn packages`,
  );
}
