import {
  isNumber,
  isPlainObject,
  isString,
  numberParameter,
  type OptionsOf,
  type Table,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { observedValues } from './numeric-columns.js';
import { dropping } from './select-row.js';
import { correlation } from './statistics/correlation.js';
import { type FittedBy, transformer } from './transformer.js';

const parameters = {
  /** The columns to compare with each other; default all numeric columns. */
  columns: columnNames(),
  /** A column is removed if its correlation with a kept one is above this in absolute value; default 0.95. */
  threshold: withDefault(numberParameter({ from: 0, to: 1 }), 0.95),
};

export type DropCorrelatedColumnsOptions = OptionsOf<typeof parameters>;

/** The column that another is correlated with, and the correlation. */
export type CorrelatedWith = { readonly column: string; readonly correlation: number };

/** For each removed column, the kept one that it is correlated with. */
export type DropCorrelatedColumnsState = {
  readonly threshold: number;
  readonly correlatedWith: Readonly<Record<string, CorrelatedWith>>;
};

/**
 * Removes numeric columns that nearly duplicate another: in the order of the table, a column is removed if its Pearson correlation with
 * an earlier kept one is above `threshold` in absolute value. The first of a pair is always kept.
 *
 * Each correlation is over the rows in which neither value is missing. It is undefined, and the column kept, if a column is constant
 * there or there are fewer than two such rows.
 */
export class DropCorrelatedColumns extends transformer({
  type: 'DropCorrelatedColumns',
  parameters,
  learn(x, { columns = x.namesOf('numeric'), threshold }): DropCorrelatedColumnsState {
    const chosen = new Set(columns);
    for (const name of chosen) observedValues(x, name);
    const kept: string[] = [];
    const dropped: [string, CorrelatedWith][] = [];
    for (const name of x.names.filter((each) => chosen.has(each))) {
      const found = firstCorrelated(x, name, kept, threshold);
      if (found) dropped.push([name, found]);
      else kept.push(name);
    }
    return { threshold, correlatedWith: Object.fromEntries(dropped) };
  },
  restore(state) {
    const threshold = state.number('threshold', { from: 0, to: 1 });
    const correlatedWith = state.record('correlatedWith', isCorrelatedWith);
    const areKept = Object.values(correlatedWith).every(
      ({ column }) => !Object.hasOwn(correlatedWith, column),
    );
    state.expect(areKept, 'correlatedWith', 'kept columns, by removed column');
    return { threshold, correlatedWith };
  },
  apply: ({ correlatedWith }) => dropping(Object.keys(correlatedWith)),
  describe: ({ threshold, correlatedWith }) =>
    `dropped ${nameList(Object.keys(correlatedWith))}, of |r| above ${threshold}`,
}) {}

/** The columns that a `DropCorrelatedColumns` removes; columns that are absent are ignored. */
export type FittedDropCorrelatedColumns = FittedBy<typeof DropCorrelatedColumns>;

function firstCorrelated(
  x: Table,
  name: string,
  kept: readonly string[],
  threshold: number,
): CorrelatedWith | undefined {
  const values = x.numeric(name);
  for (const column of kept) {
    const r = correlation(values, x.numeric(column));
    if (r !== null && Math.abs(r) > threshold) return { column, correlation: r };
  }
  return undefined;
}

function isCorrelatedWith(value: unknown): value is CorrelatedWith {
  return (
    isPlainObject(value) &&
    isString(value.column) &&
    isNumber(value.correlation) &&
    Math.abs(value.correlation) <= 1
  );
}
