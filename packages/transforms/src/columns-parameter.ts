import { firstRepeated, type Parameter, parameter } from '@churn/core';

/** The columns to work on, by name. */
export const columnsParameter: Parameter<readonly string[]> = parameter(
  'a list of column names, each once',
  (value): value is readonly string[] =>
    Array.isArray(value) &&
    value.every((name) => typeof name === 'string') &&
    firstRepeated(value) === undefined,
);
