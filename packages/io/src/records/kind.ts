import type { ColumnKind } from '@churn/core';
import type { DateOrder } from '../text/date-text.js';

/**
 * The kind of a column in a file: numbers, categories, booleans or dates. In a table, booleans are the categories `true` and `false`, and dates are
 * categories of ISO 8601 texts such as `2024-02-29`, which `DateParts` of `@churn/transforms` splits.
 */
export type DatasetKind = ColumnKind | 'boolean' | 'date';

/** What a value must be, for messages. */
export const A_NUMBER = 'a number';
export const A_DATE = 'a date such as 2024-02-29';
/** A date in a column with this order of day and month. */
export function aDate(order?: DateOrder): string {
  return order === undefined
    ? A_DATE
    : `a date such as ${order === 'dayFirst' ? '29.02.2024' : '02/29/2024'}`;
}

export const TRUE_OR_FALSE = 'true or false';
export const TEXT = 'text';
