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
  /** The columns to compare with each other; without it all numeric ones. */
  columns: columnNames(),
  /** A column goes where its correlation with one that stays is above this in absolute value; default 0.95. */
  threshold: withDefault(numberParameter({ from: 0, to: 1 }), 0.95),
};

export type DropCorrelatedColumnsOptions = OptionsOf<typeof parameters>;

/** The column that another is correlated with, and how much. */
export type CorrelatedWith = { readonly column: string; readonly correlation: number };

/** Of each column that goes the one, kept, that made it go. */
export type DropCorrelatedColumnsState = {
  readonly threshold: number;
  readonly correlatedWith: Readonly<Record<string, CorrelatedWith>>;
};

/**
 * Removes numeric columns that nearly repeat another: in the order of the table, a column goes where its Pearson
 * correlation with one before it that stays is above `threshold` in absolute value. Of a pair the first stays, always.
 *
 * Each correlation is over the rows where neither value is missing. A column that is constant there, or without two
 * such rows, is correlated with none.
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
    state.expect(areKept, 'correlatedWith', 'columns that stay, by column that goes');
    return { threshold, correlatedWith };
  },
  apply: ({ correlatedWith }) => dropping(Object.keys(correlatedWith)),
  describe: ({ threshold, correlatedWith }) =>
    `dropped ${nameList(Object.keys(correlatedWith))}, of |r| above ${threshold}`,
}) {}

/** The columns that a `DropCorrelatedColumns` removes; one that is not there is not missed. */
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
