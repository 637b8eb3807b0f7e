import type { Column } from '@churn/core';
import { type RowGroup, rowGroups } from '@churn/selection';

/** Rows in groups by a column. */
export interface GroupedColumn {
  readonly column: string;
  readonly groups: readonly RowGroup[];
}

/** Of fewer rows a metric is chance. */
export const LEAST_GROUP = 50;

/** Groups rows by a column, small categories together. */
export function groupsOf(column: Column): RowGroup[] {
  return rowGroups(column, { minRows: LEAST_GROUP });
}
