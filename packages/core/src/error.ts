import type { RowFault } from './row-fault.js';

/** What kind of mistake an error reports; stable, so that a program can act on it. */
export type ErrorCode =
  /** A constructor or function argument is outside what it may be. */
  | 'invalid-parameter'
  /** A column that is needed is not in the table, or stands in it twice. */
  | 'column-name'
  /** A column holds numbers where categories are needed, or the other way round. */
  | 'column-kind'
  /** The values themselves cannot be used: missing, infinite, of unequal length, too few. */
  | 'invalid-data'
  /** The target cannot be learned from: missing labels, one class only, an unknown label. */
  | 'invalid-target'
  /** A file cannot be read or written, or does not hold what its format says. */
  | 'invalid-file'
  /** A model file is damaged, foreign, too new, or names a class that was not allowed. */
  | 'model-file'
  /** The browser or runtime lacks what this takes. */
  | 'unsupported';

/**
 * The one error class of the `@churn` packages.
 *
 * The message names the file, row, column or parameter, says what was expected and what came,
 * and is fit to be shown to a user as it is.
 */
export class ChurnError extends Error {
  readonly code: ErrorCode;
  /** The rows at fault, where single rows are; the others could be worked with. */
  readonly faults?: readonly RowFault[];

  constructor(
    code: ErrorCode,
    message: string,
    { faults, ...options }: ErrorOptions & { readonly faults?: readonly RowFault[] } = {},
  ) {
    super(message, options);
    this.name = 'ChurnError';
    this.code = code;
    if (faults) this.faults = faults;
  }

  /** True for a `ChurnError` of any copy of this package, from this thread or another. */
  static is(error: unknown): error is ChurnError {
    // Not instanceof: ESM and CommonJS may both be loaded, and an error may come from another realm.
    return (
      typeof error === 'object' &&
      error !== null &&
      'code' in error &&
      'name' in error &&
      error.name === 'ChurnError'
    );
  }
}
