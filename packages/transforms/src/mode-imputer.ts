import {
  type Column,
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  isString,
  numericColumn,
  positionOf,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { fillMissing, fillMissingLevel } from './fill-missing.js';
import { observedValues } from './numeric-columns.js';
import { mode, modeLevel } from './statistics/mode.js';

/** The mode of each column, a level or a number; `null` where it had no value. */
export type ModeImputerState = { readonly modes: Readonly<Record<string, string | number | null>> };

/**
 * Fills missing values with the most frequent value at `fit`: of equally frequent ones the smallest, levels compared by
 * code unit, as pandas' `mode()[0]` does.
 *
 * A column without a value at `fit` has no mode: it stays as it is.
 *
 * ```ts
 * new ModeImputer().fit(train).state; // { modes: { Gender: 'F', Marital_Status: 'Married' } }
 * ```
 */
export class ModeImputer implements Transformer<FittedModeImputer> {
  static readonly type = 'ModeImputer';
  readonly columns?: readonly string[];

  /**
   * @param options.columns the columns to fill, of either kind; without it all category columns.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedModeImputer {
    return new FittedModeImputer({ modes: state.record('modes', isStringOrNumberOrNull) });
  }

  /** @throws `column-name` for a column that is not there; `invalid-data` for an infinite value. */
  fit(x: Table): FittedModeImputer {
    const names = this.columns ?? x.namesOf('category');
    const modes = Object.fromEntries(names.map((name) => [name, columnMode(x, name)]));
    return new FittedModeImputer({ modes });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The modes that a `ModeImputer` has learned. */
export class FittedModeImputer implements FittedTransformer {
  readonly type = ModeImputer.type;

  constructor(readonly state: ModeImputerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as it was. */
  transform(x: Table): Table {
    return x.with(
      Object.entries(this.state.modes).map(([name, value]) => [name, filled(x, name, value)] as const),
    );
  }

  compileRow(schema: TableSchema): RowStep {
    const parts = Object.entries(this.state.modes).flatMap(([name, replacement]) => {
      // Without a mode the kind is not known, but the column must be there, as for a table.
      const kind = schema.find((column) => column.name === name)?.kind ?? 'category';
      const learned = replacement === null ? kind : typeof replacement === 'number' ? 'numeric' : 'category';
      const position = positionOf(schema, name, learned);
      return replacement === null ? [] : [{ position, replacement }];
    });
    return {
      schema,
      apply(row) {
        for (let i = 0; i < parts.length; i++) {
          const value = row[parts[i].position];
          if (value === null || Number.isNaN(value)) row[parts[i].position] = parts[i].replacement;
        }
        return row;
      },
    };
  }

  describe(): string {
    const modes = Object.entries(this.state.modes).map((entry) =>
      entry.map((part) => JSON.stringify(part)).join(' '),
    );
    const shown = modes.length > 5 ? [...modes.slice(0, 5), `… (${modes.length} in all)`] : modes;
    return `ModeImputer: modes ${shown.join(', ') || 'of no columns'}`;
  }
}

function columnMode(x: Table, name: string): string | number | null {
  const column = x.column(name);
  return column.kind === 'category' ? modeLevel(column) : mode(observedValues(x, name));
}

function filled(x: Table, name: string, value: string | number | null): Column {
  if (value === null) return x.column(name);
  return typeof value === 'number'
    ? numericColumn(fillMissing(x.numeric(name), value))
    : fillMissingLevel(x.category(name), value);
}

function isStringOrNumberOrNull(value: unknown): value is string | number | null {
  return value === null || isString(value) || isNumber(value);
}
