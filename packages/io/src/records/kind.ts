import type { ColumnKind } from '@churn/core';

/**
 * What a column of a file holds: numbers, categories, truth values or dates. In a table, truth values are the categories `true` and
 * `false`, and a date is a category of its ISO 8601 text such as `2024-02-29`, for `DateParts` of `@churn/transforms` to take apart.
 */
export type DatasetKind = ColumnKind | 'boolean' | 'date';

/** What a value must be, as it stands in messages. */
export const A_NUMBER = 'a number';
export const A_DATE = 'a date such as 2024-02-29';
export const A_DATE_ORDER = `${A_DATE}, or dateOrder to say whether the day or the month comes first`;
export const TRUE_OR_FALSE = 'true or false';
export const TEXT = 'text';
