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
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';
import { quantiles } from './statistics/quantile.js';

export interface MinMaxScalerOptions extends ColumnsOption {
  /** What the smallest and the largest value become; default `[0, 1]`. */
  readonly featureRange?: readonly [low: number, high: number];
  /** Whether later values beyond those of `fit` are brought to the ends of the range; default `false`. */
  readonly clip?: boolean;
}

/** `value` becomes `(value - center) / scale`, within the range where it is clipped; `null` where a column had no value. */
export type MinMaxScalerState = {
  readonly columns: Centrings;
  readonly featureRange: readonly [low: number, high: number];
  readonly clip: boolean;
};

/**
 * Brings numeric columns into a range: the smallest value at `fit` to its low end, the largest to its high end.
 *
 * Missing values are passed over at `fit` and stay missing. A constant column becomes the low end; one without a value at
 * `fit` stays as it is.
 *
 * ```ts
 * new MinMaxScaler({ featureRange: [-1, 1] }).fitTransform(train).output;
 * ```
 */
export class MinMaxScaler implements Transformer<FittedMinMaxScaler> {
  readonly role = 'transformer';
  static readonly type = 'MinMaxScaler';
  readonly columns?: readonly string[];
  readonly featureRange: readonly [low: number, high: number];
  readonly clip: boolean;

  /**
   * @param options `columns`: the columns to scale; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, featureRange = [0, 1], clip = false }: MinMaxScalerOptions = {}) {
    requireParameter(isRange(featureRange), 'featureRange', 'two rising numbers', featureRange);
    const width = featureRange[1] - featureRange[0];
    requireParameter(
      width < Infinity,
      'featureRange',
      'ends no further apart than a number can say',
      featureRange,
    );
    requireParameter(typeof clip === 'boolean', 'clip', 'true or false', clip);
    this.columns = chosenColumns(columns);
    this.featureRange = [...featureRange];
    this.clip = clip;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedMinMaxScaler {
    const [low, high] = state.numbers('featureRange', { length: 2 });
    state.expect(isRange([low, high]), 'featureRange', 'two rising numbers');
    return new FittedMinMaxScaler({
      columns: state.record('columns', isCentringOrNull),
      featureRange: [low, high],
      clip: state.boolean('clip'),
    });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be scaled; `invalid-data` for an infinite value or range. */
  fit(x: Table): FittedMinMaxScaler {
    const { featureRange, clip } = this;
    const [low, high] = featureRange;
    const columns = learnNumeric(x, this.columns, (values, name) => {
      const [smallest, largest] = quantiles(values, [0, 1]);
      const scale = (largest - smallest || 1) / (high - low);
      return centring(name, smallest - low * scale, scale);
    });
    return new FittedMinMaxScaler({ columns, featureRange, clip });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The ranges that a `MinMaxScaler` has learned. */
export class FittedMinMaxScaler implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = MinMaxScaler.type;

  constructor(readonly state: MinMaxScalerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    const { columns, featureRange, clip } = this.state;
    const scaled = centre(x, columns);
    return clip
      ? mapNumeric(scaled, columns, (values) => values.map((value) => clipped(value, featureRange)))
      : scaled;
  }

  /** Gives the values back, clipped ones excepted. */
  inverseTransform(x: Table): Table {
    return uncentre(x, this.state.columns);
  }

  compileRow(schema: TableSchema): RowStep {
    const { columns, featureRange, clip } = this.state;
    const scale = centreRow(schema, columns);
    if (!clip) return scale;
    const limit = mapNumericRow(schema, columns, () => (value) => clipped(value, featureRange));
    return { schema, apply: (row) => limit.apply(scale.apply(row)) };
  }

  describe(): string {
    return `MinMaxScaler: columns ${nameList(Object.keys(this.state.columns))}`;
  }
}

function clipped(value: number, [low, high]: readonly [low: number, high: number]): number {
  return Math.min(Math.max(value, low), high);
}

function isRange(value: readonly number[]): value is [low: number, high: number] {
  return Array.isArray(value) && value.length === 2 && value.every(isNumber) && value[0] < value[1];
}
