import { firstRepeated, isString, type Parameter, parameter } from '@churn/core';

/** The option that every transformer of columns has. */
export interface ColumnsOption {
  /** The columns to work on; without it all of the kind that the transformer is for. */
  readonly columns?: readonly string[];
}

/** The names of columns, each once. */
export function columnNames(): Parameter<readonly string[]> {
  return parameter('a list of column names, each once', areDistinctNames);
}

export function areDistinctNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString) && firstRepeated(value) === undefined;
}
