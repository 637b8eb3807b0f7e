import type { RowFault } from '@churn/core';
import { clipped } from '@churn/io';

/** A client error, reported as in RFC 9457. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly errors: readonly RowFault[] = [],
  ) {
    super(detail);
  }
}

/** The maximum number of errors listed. */
const MAX_ERRORS = 100;
/** The maximum length of a text from a request, which may have megabytes. */
const MAX_LENGTH = 500;

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The problem of rows that cannot be scored, with columns if known. */
export function invalidRows(errors: readonly RowFault[]): Problem {
  const [{ row, column, detail }] = errors;
  const where = column === undefined ? `row ${row}` : `row ${row}, column "${brief(column)}"`;
  const more = errors.length > 1 ? `, and ${errors.length - 1} more` : '';
  return unfit(`${where}: ${brief(detail)}${more}`, errors);
}

export function unfit(detail: string, errors?: readonly RowFault[]): Problem {
  return new Problem(422, 'The rows do not fit the model', detail, errors);
}

/** The body of the response. */
export function problemBody({ status, title, detail, errors }: Problem): string {
  const shown = errors.slice(0, MAX_ERRORS).map(({ row, column, detail }) => ({
    row,
    ...(column !== undefined && { column: brief(column) }),
    detail: brief(detail),
  }));
  const more = errors.length > MAX_ERRORS ? { omittedErrors: errors.length - MAX_ERRORS } : {};
  return JSON.stringify({
    status,
    title,
    detail: brief(detail),
    ...(shown.length > 0 && { errors: shown }),
    ...more,
  });
}

/** The body of the response in the Open Inference Protocol. */
export function inferenceError({ detail }: Problem): string {
  return JSON.stringify({ error: brief(detail) });
}

function brief(text: string): string {
  return clipped(text, MAX_LENGTH);
}
