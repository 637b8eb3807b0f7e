import {
  type FittedTransformer,
  fitThenTransform,
  isNumberOrNull,
  type RowStep,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { type Centrings, centre, centreRow, uncentre } from './linear-map.js';
import { numberList } from './number-list.js';
import { learnNumeric } from './numeric-columns.js';
import { mean } from './statistics/mean.js';
import { standardDeviation } from './statistics/standard-deviation.js';

/** What each column is centred on and divided by; `null` where it had no value. */
export type StandardScalerState = {
  readonly means: Readonly<Record<string, number | null>>;
  readonly scales: Readonly<Record<string, number | null>>;
};

/**
 * Brings numeric columns to mean 0 and standard deviation 1: `(value - mean) / scale`, with the population standard
 * deviation (divisor n) as scale, as scikit-learn does.
 *
 * Missing values are passed over at `fit` and stay missing. A column that is constant up to rounding has scale 1; one
 * without a value at `fit` stays as it is.
 *
 * ```ts
 * new StandardScaler().fit(train).state; // { means: { age: 46.3 }, scales: { age: 8 } }
 * ```
 */
export class StandardScaler implements Transformer<FittedStandardScaler> {
  readonly role = 'transformer';
  static readonly type = 'StandardScaler';
  readonly columns?: readonly string[];

  /**
   * @param options `columns`: the columns to scale; without it all numeric ones.
   * @throws `invalid-parameter` where `columns` is not a list of distinct names.
   */
  constructor({ columns }: ColumnsOption = {}) {
    this.columns = chosenColumns(columns);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedStandardScaler {
    const means = state.record('means', isNumberOrNull);
    const scales = state.record('scales', isScaleOrNull);
    const areLearned = (record: Record<string, number | null>) =>
      JSON.stringify(Object.entries(record).map(([name, value]) => [name, value !== null]));
    state.expect(areLearned(means) === areLearned(scales), 'scales', 'of the same columns as "means"');
    return new FittedStandardScaler({ means, scales });
  }

  /** @throws `column-name` or `column-kind` for a column that cannot be scaled; `invalid-data` for an infinite value. */
  fit(x: Table): FittedStandardScaler {
    return new FittedStandardScaler({
      means: learnNumeric(x, this.columns, mean),
      // A constant column, whose deviation is 0, is centred only.
      scales: learnNumeric(x, this.columns, (values) => standardDeviation(values) || 1),
    });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The means and scales that a `StandardScaler` has learned. */
export class FittedStandardScaler implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = StandardScaler.type;

  constructor(readonly state: StandardScalerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    return centre(x, this.#centrings());
  }

  /** Gives the values back: `value scale + mean`. */
  inverseTransform(x: Table): Table {
    return uncentre(x, this.#centrings());
  }

  compileRow(schema: TableSchema): RowStep {
    return centreRow(schema, this.#centrings());
  }

  describe(): string {
    return `StandardScaler: means ${numberList(this.state.means)}; scales ${numberList(this.state.scales)}`;
  }

  #centrings(): Centrings {
    const { means, scales } = this.state;
    return Object.fromEntries(
      Object.entries(means).map(([name, center]) => [
        name,
        center === null ? null : { center, scale: scales[name] ?? 1 },
      ]),
    );
  }
}

function isScaleOrNull(value: unknown): value is number | null {
  return isNumberOrNull(value) && (value === null || value > 0);
}
