import { firstRepeated, requireParameter } from '@churn/core';

/** The option that every transformer of columns has. */
export interface ColumnsOption {
  /** The columns to work on; without it all of the kind that the transformer is for. */
  readonly columns?: readonly string[];
}

/**
 * The `columns` option, checked and copied.
 * @throws `invalid-parameter` where it is not a list of distinct names.
 */
export function chosenColumns(columns: readonly string[] | undefined): readonly string[] | undefined {
  if (columns === undefined) return undefined;
  const areNames = Array.isArray(columns) && columns.every((name) => typeof name === 'string');
  requireParameter(areNames, 'columns', 'a list of column names', columns);
  const twice = firstRepeated(columns);
  requireParameter(twice === undefined, 'columns', 'each name once', twice);
  return [...columns];
}
