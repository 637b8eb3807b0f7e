import { ChurnError } from '@churn/core';
import { errorCode } from './file-error.js';

/**
 * Handles the error of importing an optional package. Use in `import(…).catch(…)`, which bundlers accept without the package.
 *
 * @param what needs the package, for the message: `customers.arrow: Arrow`.
 * @throws `invalid-file` if it is not installed.
 */
export function unlessInstalled(name: string, what: string): (error: unknown) => never {
  return (error) => {
    throw isMissing(error, name)
      ? new ChurnError('invalid-file', `${what} requires the package ${name}, which is not installed`, {
          cause: error,
        })
      : error;
  };
}

/** Whether the error says that the package is missing; in CommonJS its code is that of `require`. */
function isMissing(error: unknown, name: string): boolean {
  const code = errorCode(error);
  const isNotFound = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return isNotFound && (error as Error).message.includes(`'${name}`);
}
