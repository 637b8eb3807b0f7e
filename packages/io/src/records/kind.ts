import type { ColumnKind } from '@churn/core';

/**
 * The kind of a column in a file: numbers, categories, booleans or dates. In a table, booleans are the categories `true` and `false`, and dates are
 * categories of ISO 8601 texts such as `2024-02-29`, which `DateParts` of `@churn/transforms` splits.
 */
export type DatasetKind = ColumnKind | 'boolean' | 'date';

/** What a value must be, for messages. */
export const A_NUMBER = 'a number';
export const A_DATE = 'a date such as 2024-02-29';
export const TRUE_OR_FALSE = 'true or false';
export const TEXT = 'text';
