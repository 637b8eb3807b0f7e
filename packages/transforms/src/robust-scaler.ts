import {
  type FittedTransformer,
  fitThenTransform,
  isNumber,
  type RowStep,
  requireParameter,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { type Centrings, centre, centreRow, centring, isCentringOrNull, uncentre } from './linear-map.js';
import { nameList } from './name-list.js';
import { learnNumeric } from './numeric-columns.js';
import { quantiles } from './statistics/quantile.js';

export interface RobustScalerOptions extends ColumnsOption {
  /** The percentiles whose difference is the scale; default `[25, 75]`. */
  readonly quantileRange?: readonly [low: number, high: number];
}

/** The median (`center`) and the difference of the percentiles (`scale`) of each column; `null` where it had no value. */
export type RobustScalerState = { readonly columns: Centrings };

/**
 * Brings numeric columns to median 0, and to 1 as the distance between two percentiles: `(value - median) / range`. Unlike
 * a mean and a standard deviation, these hardly move with outliers.
 *
 * Missing values are passed over at `fit` and stay missing. A column whose percentiles are the same is centred only; one
 * without a value at `fit` stays as it is.
 *
 * ```ts
 * new RobustScaler().fit(train).state; // { columns: { limit: { center: 4515, scale: 8544.5 } } }
 * ```
 */
export class RobustScaler implements Transformer<FittedRobustScaler> {
  readonly role = 'transformer';
  static readonly type = 'RobustScaler';
  readonly columns?: readonly string[];
  readonly quantileRange: readonly [low: number, high: number];

  /**
   * @param options `columns`: the columns to scale; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, quantileRange = [25, 75] }: RobustScalerOptions = {}) {
    const isValid = isPercentileRange(quantileRange);
    requireParameter(isValid, 'quantileRange', 'two rising percentiles from 0 to 100', quantileRange);
    this.columns = chosenColumns(columns);
    this.quantileRange = [...quantileRange];
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedRobustScaler {
    return new FittedRobustScaler({ columns: state.record('columns', isCentringOrNull) });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be scaled; `invalid-data` for an infinite value or range. */
  fit(x: Table): FittedRobustScaler {
    const [low, high] = this.quantileRange;
    const columns = learnNumeric(x, this.columns, (values, name) => {
      const [lowest, center, highest] = quantiles(values, [low / 100, 0.5, high / 100]);
      return centring(name, center, highest - lowest || 1);
    });
    return new FittedRobustScaler({ columns });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The medians and ranges that a `RobustScaler` has learned. */
export class FittedRobustScaler implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = RobustScaler.type;

  constructor(readonly state: RobustScalerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return centre(x, this.state.columns);
  }

  /** Gives the values back. */
  inverseTransform(x: Table): Table {
    return uncentre(x, this.state.columns);
  }

  compileRow(schema: TableSchema): RowStep {
    return centreRow(schema, this.state.columns);
  }

  describe(): string {
    return `RobustScaler: columns ${nameList(Object.keys(this.state.columns))}`;
  }
}

function isPercentileRange(value: readonly number[]): boolean {
  if (!Array.isArray(value) || value.length !== 2 || !value.every(isNumber)) return false;
  return 0 <= value[0] && value[0] < value[1] && value[1] <= 100;
}
