import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  isPlainObject,
  isString,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { observedValues } from './numeric-columns.js';
import { dropFromRow } from './select-row.js';
import { correlation } from './statistics/correlation.js';

export interface DropCorrelatedColumnsOptions extends ColumnsOption {
  /** A column goes where its correlation with one that stays is above this in absolute value; default 0.95. */
  readonly threshold?: number;
}

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
export class DropCorrelatedColumns implements Transformer<FittedDropCorrelatedColumns> {
  readonly role = 'transformer';
  static readonly type = 'DropCorrelatedColumns';
  readonly columns?: readonly string[];
  readonly threshold: number;

  /**
   * @param options `columns`: the columns to compare with each other; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, threshold = 0.95 }: DropCorrelatedColumnsOptions = {}) {
    requireParameter(isThreshold(threshold), 'threshold', 'a number from 0 to 1', threshold);
    this.columns = chosenColumns(columns);
    this.threshold = threshold;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedDropCorrelatedColumns {
    const threshold = state.number('threshold', { from: 0, to: 1 });
    const correlatedWith = state.record('correlatedWith', isCorrelatedWith);
    const areKept = Object.values(correlatedWith).every(
      ({ column }) => !Object.hasOwn(correlatedWith, column),
    );
    state.expect(areKept, 'correlatedWith', 'columns that stay, by column that goes');
    return new FittedDropCorrelatedColumns({ threshold, correlatedWith });
  }

  /** @throws `column-name` or `column-kind` for a column that is not there as numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedDropCorrelatedColumns {
    const { threshold } = this;
    const chosen = new Set(this.columns ?? x.namesOf('numeric'));
    for (const name of chosen) observedValues(x, name);
    const kept: string[] = [];
    const dropped: [string, CorrelatedWith][] = [];
    for (const name of x.names.filter((each) => chosen.has(each))) {
      const found = firstCorrelated(x, name, kept, threshold);
      if (found) dropped.push([name, found]);
      else kept.push(name);
    }
    return new FittedDropCorrelatedColumns({ threshold, correlatedWith: Object.fromEntries(dropped) });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The columns that a `DropCorrelatedColumns` removes; one that is not there is not missed. */
export class FittedDropCorrelatedColumns implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = DropCorrelatedColumns.type;

  constructor(readonly state: DropCorrelatedColumnsState) {}

  /** The columns that were dropped at `fit`: a pipeline does not demand them of new rows. */
  get unread(): readonly string[] {
    return Object.keys(this.state.correlatedWith);
  }

  transform(x: Table): Table {
    return x.drop(Object.keys(this.state.correlatedWith));
  }

  compileRow(schema: TableSchema): RowStep {
    return dropFromRow(schema, Object.keys(this.state.correlatedWith));
  }

  describe(): string {
    const { threshold, correlatedWith } = this.state;
    return `DropCorrelatedColumns: dropped ${nameList(Object.keys(correlatedWith))}, of |r| above ${threshold}`;
  }
}

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

function isThreshold(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isCorrelatedWith(value: unknown): value is CorrelatedWith {
  return (
    isPlainObject(value) &&
    isString(value.column) &&
    isNumber(value.correlation) &&
    Math.abs(value.correlation) <= 1
  );
}
