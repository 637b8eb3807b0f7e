import type { Column } from '@churn/core';
import { type RowGroup, rowGroups } from '@churn/selection';

/** Rows in groups by a column. */
export interface GroupedColumn {
  readonly column: string;
  readonly groups: readonly RowGroup[];
}

/** The minimum size of a group. */
export const LEAST_GROUP = 50;

/** Groups rows by a column, merging small categories. */
export function groupsOf(column: Column): RowGroup[] {
  return rowGroups(column, { minRows: LEAST_GROUP });
}
