import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  isPlainObject,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { nameList } from './name-list.js';
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';
import { quantiles } from './statistics/quantile.js';

export interface WinsorizerOptions extends ColumnsOption {
  /** The shares of values below the lower and the upper bound; default `[0.05, 0.95]`. */
  readonly quantiles?: readonly [low: number, high: number];
}

/** What the values of a column are kept within. */
export type ColumnBounds = { readonly lower: number; readonly upper: number };

/** The bounds of each column; `null` where it had no value. */
export type WinsorizerState = { readonly bounds: Readonly<Record<string, ColumnBounds | null>> };

/**
 * Keeps the values of numeric columns within quantiles of those at `fit`: what lies beyond becomes the bound. So outliers
 * stay the largest and smallest, without their weight.
 *
 * Missing values are passed over at `fit` and stay missing; a column without a value at `fit` stays as it is.
 *
 * ```ts
 * new Winsorizer({ quantiles: [0.01, 0.99] }).fit(train).state; // { bounds: { limit: { lower: 1438, upper: 34516 } } }
 * ```
 */
export class Winsorizer implements Transformer<FittedWinsorizer> {
  static readonly type = 'Winsorizer';
  readonly columns?: readonly string[];
  readonly quantiles: readonly [low: number, high: number];

  /**
   * @param options.columns the columns to bound; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, quantiles: shares = [0.05, 0.95] }: WinsorizerOptions = {}) {
    requireParameter(areShares(shares), 'quantiles', 'two rising shares from 0 to 1', shares);
    this.columns = chosenColumns(columns);
    this.quantiles = [...shares];
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedWinsorizer {
    return new FittedWinsorizer({ bounds: state.record('bounds', isBoundsOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedWinsorizer {
    const bounds = learnNumeric(x, this.columns, (values) => {
      const [lower, upper] = quantiles(values, this.quantiles);
      return { lower, upper };
    });
    return new FittedWinsorizer({ bounds });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The bounds that a `Winsorizer` has learned. */
export class FittedWinsorizer implements FittedTransformer {
  readonly type = Winsorizer.type;

  constructor(readonly state: WinsorizerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return mapNumeric(x, this.state.bounds, (values, bounds) => values.map((value) => within(value, bounds)));
  }

  compileRow(schema: TableSchema): RowStep {
    return mapNumericRow(schema, this.state.bounds, (bounds) => (value) => within(value, bounds));
  }

  describe(): string {
    return `Winsorizer: columns ${nameList(Object.keys(this.state.bounds))}`;
  }
}

function within(value: number, { lower, upper }: ColumnBounds): number {
  return Math.min(Math.max(value, lower), upper);
}

function isBoundsOrNull(value: unknown): value is ColumnBounds | null {
  if (value === null) return true;
  return isPlainObject(value) && isNumber(value.lower) && isNumber(value.upper) && value.lower <= value.upper;
}

function areShares(value: readonly number[]): boolean {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] <= value[1] && value[1] <= 1;
}
