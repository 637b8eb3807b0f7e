import {
  ChurnError,
  conformTo,
  type FitOptions,
  type FittedRegressor,
  numberParameter,
  type OptionsOf,
  oneOf,
  type Regressor,
  readOptions,
  requireParameter,
  requireTargetPerRow,
  restoreSchema,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  schemaOf,
  type Table,
  type TableSchema,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { inUnit, weightUnit } from '../weight-unit.js';
import { quantile } from './quantile.js';

const STRATEGIES = ['mean', 'median', 'quantile', 'constant'] as const;

const parameters = {
  /**
   * What to predict for each row: the mean of the training target (default), their median or `quantile`, or
   * `constant`.
   */
  strategy: withDefault(oneOf(STRATEGIES), 'mean'),
  /** The quantile that the strategy `'quantile'` predicts, from 0 to 1. */
  quantile: numberParameter({ from: 0, to: 1 }),
  /** The value that the strategy `'constant'` predicts. */
  constant: numberParameter(),
};

export type DummyRegressorOptions = OptionsOf<typeof parameters>;

/**
 * A regressor that ignores the columns: the baseline that a real one has to beat. It predicts the same as scikit-learn's
 * `DummyRegressor`.
 *
 * With sample weights, a median or quantile is the smallest target value up to which the values have that share of the weight; without,
 * it may lie between two values.
 *
 * ```ts
 * new DummyRegressor({ strategy: 'median' }).fit(x, y).predict(x);
 * ```
 */
export class DummyRegressor implements Regressor<FittedDummyRegressor> {
  readonly role = 'regressor';
  static readonly type = 'DummyRegressor';
  static readonly parameters = parameters;
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: DummyRegressorOptions) {
    this.options = readOptions(parameters, options);
    const { strategy, ...values } = this.options;
    for (const needed of ['quantile', 'constant'] as const) {
      const isThere = strategy !== needed || values[needed] !== undefined;
      requireParameter(isThere, needed, parameters[needed].expected, values[needed]);
    }
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedDummyRegressor {
    return new FittedDummyRegressor({
      strategy: state.oneOf('strategy', STRATEGIES),
      amount: state.number('amount'),
      schema: restoreSchema(state, 'schema'),
    });
  }

  /**
   * The columns of `x` may be of any kind, with missing values.
   *
   * @throws `invalid-target` if a target value is missing or infinite; `invalid-data` if there are no rows, or `y` or the sample weights
   * are not one per row.
   */
  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedDummyRegressor {
    const amounts = TargetValues.from(y);
    requireTargetPerRow(x, amounts);
    if (amounts.length === 0) throw new ChurnError('invalid-data', 'DummyRegressor: the table has no rows');
    const weights = sampleWeights(options, x.nRows);
    const amount = this.#amount(amounts.values, weights && inUnit(weights, weightUnit(weights)));
    return new FittedDummyRegressor({ strategy: this.options.strategy, amount, schema: schemaOf(x) });
  }

  #amount(values: Float64Array, weights: Float64Array | undefined): number {
    const { strategy, quantile: q = 0.5, constant = 0 } = this.options;
    if (strategy === 'constant') return constant;
    if (strategy === 'mean') return weightedMean(values, weights);
    return quantile(values, strategy === 'median' ? 0.5 : q, weights);
  }
}

function weightedMean(values: Float64Array, weights: Float64Array | undefined): number {
  const all = weights ? weights.reduce((sum, weight) => sum + weight, 0) : values.length;
  // Divided before the summation, so that large targets do not overflow.
  return values.reduce((mean, value, row) => mean + value * ((weights ? weights[row] : 1) / all), 0);
}

export type DummyRegressorState = {
  readonly strategy: (typeof STRATEGIES)[number];
  /** The prediction for each row. */
  readonly amount: number;
  /** The columns of training. They are not used, but must exist. */
  readonly schema: TableSchema;
};

/** A fitted `DummyRegressor`. */
export class FittedDummyRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = DummyRegressor.type;

  constructor(readonly state: DummyRegressorState) {}

  get features(): readonly string[] {
    return this.state.schema.map(({ name }) => name);
  }

  get schema(): TableSchema {
    return this.state.schema;
  }

  /** @throws `column-name` or `column-kind` if the columns are not those of training. */
  predict(x: Table): Float64Array {
    conformTo(this.state.schema, x);
    return new Float64Array(x.nRows).fill(this.state.amount);
  }
}
