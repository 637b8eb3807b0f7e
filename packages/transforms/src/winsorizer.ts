import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  isNumberOrNull,
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
  /** The shares of values below the lower and the upper bound; default `[0.05, 0.95]`, where there are no `bounds`. */
  readonly quantiles?: readonly [low: number, high: number];
  /** The bounds themselves, of all columns, in place of quantiles; a side without one is open. */
  readonly bounds?: { readonly lower?: number; readonly upper?: number };
}

/** What the values of a column are kept within; `null` on a side that is open. */
export type ColumnBounds = { readonly lower: number | null; readonly upper: number | null };

const DEFAULT: readonly [low: number, high: number] = [0.05, 0.95];

/** The bounds of each column; `null` where it had no value. */
export type WinsorizerState = { readonly bounds: Readonly<Record<string, ColumnBounds | null>> };

/**
 * Keeps the values of numeric columns within quantiles of those at `fit`, or within fixed bounds: what lies beyond becomes the
 * bound. So outliers stay the largest and smallest, without their weight.
 *
 * Missing values are passed over at `fit` and stay missing; a column without a value at `fit` stays as it is.
 *
 * ```ts
 * new Winsorizer({ quantiles: [0.01, 0.99] }).fit(train).state; // { bounds: { limit: { lower: 1438, upper: 34516 } } }
 * ```
 */
export class Winsorizer implements Transformer<FittedWinsorizer> {
  readonly role = 'transformer';
  static readonly type = 'Winsorizer';
  readonly columns?: readonly string[];
  readonly quantiles: readonly [low: number, high: number];
  readonly bounds?: ColumnBounds;

  /**
   * @param options `columns`: the columns to bound; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, quantiles: shares, bounds }: WinsorizerOptions = {}) {
    const isEither = shares === undefined || bounds === undefined;
    requireParameter(isEither, 'bounds', 'none beside quantiles', bounds);
    requireParameter(areShares(shares ?? DEFAULT), 'quantiles', 'two rising shares from 0 to 1', shares);
    requireParameter(
      bounds === undefined || areBounds(bounds),
      'bounds',
      'an object with a number as lower, upper or both, the lower one no larger',
      bounds,
    );
    this.columns = chosenColumns(columns);
    this.quantiles = [...(shares ?? DEFAULT)];
    if (bounds) this.bounds = { lower: bounds.lower ?? null, upper: bounds.upper ?? null };
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedWinsorizer {
    return new FittedWinsorizer({ bounds: state.record('bounds', isBoundsOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedWinsorizer {
    const bounds = learnNumeric(x, this.columns, (values): ColumnBounds => {
      if (this.bounds) return this.bounds;
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
  readonly role = 'transformer';
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
  return Math.min(Math.max(value, lower ?? -Infinity), upper ?? Infinity);
}

function isBoundsOrNull(value: unknown): value is ColumnBounds | null {
  if (value === null) return true;
  if (!isPlainObject(value) || !isNumberOrNull(value.lower) || !isNumberOrNull(value.upper)) return false;
  return (value.lower ?? -Infinity) <= (value.upper ?? Infinity);
}

function areBounds(value: NonNullable<WinsorizerOptions['bounds']>): boolean {
  if (!isPlainObject(value)) return false;
  const { lower = null, upper = null } = value;
  return (lower !== null || upper !== null) && isBoundsOrNull({ lower, upper });
}

function areShares(value: readonly number[]): boolean {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] <= value[1] && value[1] <= 1;
}
