/** What is wrong with one value of a request. */
export interface FieldError {
  /** The row, counted from 0. */
  readonly row: number;
  readonly column: string;
  readonly detail: string;
}

/** A mistake of whoever sent a request, as RFC 9457 has it told. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail);
  }
}

/** No more wrong values than these are told one by one. */
const TOLD = 100;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The body of the answer. */
export function problemBody({ status, title, detail, errors }: Problem): string {
  const told = errors.slice(0, TOLD);
  const more = errors.length > TOLD ? { omittedErrors: errors.length - TOLD } : {};
  return JSON.stringify({ status, title, detail, ...(told.length > 0 && { errors: told }), ...more });
}
