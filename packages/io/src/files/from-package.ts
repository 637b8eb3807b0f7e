import { ChurnError } from '@churn/core';
import { errorCode } from './file-error.js';

/**
 * What becomes of the error of an `import` of a package that only those install who need it. In `import(…).catch(…)`, which bundlers take
 * as leave to go on without the package.
 *
 * @param what is read or written by it, for the message: `customers.arrow: Arrow`.
 * @throws `invalid-file` if it is not installed.
 */
export function unlessInstalled(name: string, what: string): (error: unknown) => never {
  return (error) => {
    throw isMissing(error, name)
      ? new ChurnError('invalid-file', `${what} is read by the package ${name}, which is not installed`, {
          cause: error,
        })
      : error;
  };
}

/** By its code; in CommonJS a `require` fails. */
function isMissing(error: unknown, name: string): boolean {
  const code = errorCode(error);
  const isNotFound = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  return isNotFound && (error as Error).message.includes(`'${name}`);
}
