import type { ColumnKind } from '@churn/core';

/**
 * What a column of a file holds: numbers, categories, or dates. A date is an ISO 8601 text such as `2024-02-29`, and in a table a category
 * of that text, for `DateParts` of `@churn/transforms` to take apart.
 */
export type DatasetKind = ColumnKind | 'date';

/** What a value must be, as it stands in messages. */
export const A_NUMBER = 'a number';
export const A_DATE = 'a date such as 2024-02-29';
