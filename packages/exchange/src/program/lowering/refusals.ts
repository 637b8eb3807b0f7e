import { ChurnError } from '@churn/core';

/** Why a class cannot be lowered, by its name; of any other class it is that nobody knows what it does. */
export const refusals: Readonly<Record<string, string>> = {
  CustomTransformer: 'it consists of functions, which only their own program can call',
};

/** @throws `unsupported`, naming the class. */
export function refused(type: string): never {
  const why = Object.hasOwn(refusals, type)
    ? refusals[type]
    : 'it is of a class that an export does not know';
  return refuse(type, why);
}

/** @throws `unsupported`, naming what cannot be exported and why. */
export function refuse(what: string, why: string): never {
  throw new ChurnError(
    'unsupported',
    `${what}: cannot be exported, as ${why}; expected a pipeline of the transformers and models of the @churn packages`,
  );
}
