import {
  type FittedTransformer,
  fitThenTransform,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { fillEither } from './fill-missing.js';
import {
  compileFills,
  describeExtras,
  type Fill,
  type FillExtras,
  fillTable,
  isFill,
  learnFills,
  restoreFills,
} from './fills.js';
import { groupModes, groupStatistics } from './group-statistics.js';
import { type ImputerOptions, imputerOptions } from './imputer-options.js';
import { observedValues } from './numeric-columns.js';
import { mode, modeLevel } from './statistics/mode.js';

/** The mode of each column, a level or a number; `null` where it had no value. */
export type ModeImputerState = FillExtras<string | number> & {
  readonly modes: Readonly<Record<string, string | number | null>>;
};

/**
 * Fills missing values with the most frequent value at `fit`, of all rows or of those of the same group: of equally
 * frequent ones the smallest, levels compared by code unit, as pandas' `mode()[0]` does.
 *
 * A column without a value at `fit` has no mode: it stays as it is.
 *
 * ```ts
 * new ModeImputer().fit(train).state; // { modes: { Gender: 'F', Marital_Status: 'Married' } }
 * ```
 */
export class ModeImputer implements Transformer<FittedModeImputer> {
  readonly role = 'transformer';
  static readonly type = 'ModeImputer';
  readonly columns?: readonly string[];
  readonly groupBy?: string;
  readonly addIndicator: boolean;

  /**
   * @param options.columns the columns to fill, of either kind; without it all category columns but that of `groupBy`.
   * @param options.groupBy a category column: rows of one level of it have a mode of their own.
   * @param options.addIndicator whether to add columns `<name>_missing` of 0 and 1.
   * @throws `invalid-parameter` where one of them is not what it must be.
   */
  constructor(options: ImputerOptions = {}) {
    const { columns, groupBy, addIndicator } = imputerOptions(options);
    this.columns = columns;
    this.groupBy = groupBy;
    this.addIndicator = addIndicator;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedModeImputer {
    const { values: modes, ...extras } = restoreFills(state, 'modes', isFill);
    return new FittedModeImputer({ modes, ...extras });
  }

  /**
   * @throws `column-name` for a column that is not there, or has the name of an indicator; `column-kind` where `groupBy` is
   *   no category column; `invalid-data` for an infinite value.
   */
  fit(x: Table): FittedModeImputer {
    const names = this.columns ?? x.namesOf('category').filter((name) => name !== this.groupBy);
    const { values: modes, ...extras } = learnFills<Fill>(
      x,
      names,
      this,
      (name) => {
        const column = x.column(name);
        return column.kind === 'category' ? modeLevel(column) : mode(observedValues(x, name));
      },
      (name, group) => {
        const column = x.column(name);
        return column.kind === 'category'
          ? groupModes(column, group)
          : groupStatistics(column.values, group, mode);
      },
    );
    return new FittedModeImputer({ modes, ...extras });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The modes that a `ModeImputer` has learned. */
export class FittedModeImputer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = ModeImputer.type;

  constructor(readonly state: ModeImputerState) {}

  /**
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as it was; `column-name` where there is one
   *   of an indicator's name.
   */
  transform(x: Table): Table {
    return fillTable<Fill>(x, { values: this.state.modes, ...this.state }, fillEither);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileFills(schema, { values: this.state.modes, ...this.state });
  }

  describe(): string {
    const modes = Object.entries(this.state.modes).map((entry) =>
      entry.map((part) => JSON.stringify(part)).join(' '),
    );
    const shown = modes.length > 5 ? [...modes.slice(0, 5), `… (${modes.length} in all)`] : modes;
    return `ModeImputer: modes ${shown.join(', ') || 'of no columns'}${describeExtras(this.state)}`;
  }
}
