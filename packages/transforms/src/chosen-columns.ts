import { firstRepeated, isString, type Parameter, parameter } from '@churn/core';

/** The option shared by all transformers of columns. */
export interface ColumnsOption {
  /** The columns to transform; default all of the kind that the transformer works on. */
  readonly columns?: readonly string[];
}

/** Unique column names. */
export function columnNames(): Parameter<readonly string[]> {
  return parameter('a list of unique column names', areDistinctNames);
}

export function areDistinctNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isString) && firstRepeated(value) === undefined;
}
