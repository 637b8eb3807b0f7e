import type { RowFault } from './row-fault.js';

/** The kind of an error; stable, so that programs can act on it. */
export type ErrorCode =
  /** A constructor or function argument is invalid. */
  | 'invalid-parameter'
  /** A required column is missing from the table, or is in it twice. */
  | 'column-name'
  /** A column holds numbers instead of categories, or vice versa. */
  | 'column-kind'
  /** The values cannot be used: missing, infinite, of unequal length, too few. */
  | 'invalid-data'
  /** The target cannot be used for training: missing labels, only one class, an unknown label. */
  | 'invalid-target'
  /** A file cannot be read or written, or violates its format. */
  | 'invalid-file'
  /** A model file is damaged, foreign or too new, or names a class that is not allowed. */
  | 'model-file'
  /** The browser or runtime lacks a required feature. */
  | 'unsupported';

/**
 * The error class of all `@churn` packages.
 *
 * The message names the file, row, column or parameter, says what was expected and what was received, and can be shown to users as it is.
 */
export class ChurnError extends Error {
  readonly code: ErrorCode;
  /** The rows at fault, if the error is about single rows; the others are valid. */
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

  /** Whether `error` is a `ChurnError` of any copy of this package, from any thread. */
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
