import {
  type FittedTransformer,
  fitThenTransform,
  isNumberOrNull,
  type StateReader,
  type Table,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { learnNumeric, mapNumeric } from './numeric-columns.js';
import { requireParameter } from './parameter.js';
import { FittedStandardScaler, StandardScaler, type StandardScalerState } from './standard-scaler.js';
import { yeoJohnsonAll } from './yeo-johnson.js';
import { likeliestLambda } from './yeo-johnson-likelihood.js';

const METHODS = ['yeo-johnson'] as const;

/** A family of power transforms. */
export type PowerMethod = (typeof METHODS)[number];

export interface PowerTransformerOptions extends ColumnsOption {
  /** The family of transforms; default `'yeo-johnson'`, for values of either sign. */
  readonly method?: PowerMethod;
  /** Whether to bring the result to mean 0 and standard deviation 1; default `false`, where scikit-learn's is `True`. */
  readonly standardize?: boolean;
}

/** The power of each column, `null` where it had no value, and how the result is scaled, if it is. */
export type PowerTransformerState = {
  readonly method: PowerMethod;
  readonly lambdas: Readonly<Record<string, number | null>>;
  readonly scaler: StandardScalerState | null;
};

/**
 * Makes numeric columns more like a normal distribution, by the power that is likeliest to do so.
 *
 * Missing values are passed over at `fit` and stay missing. A constant column has lambda 1 and does not change; one
 * without a value at `fit` stays as it is. A result too large for a number is the largest number.
 *
 * ```ts
 * new PowerTransformer({ columns: ['Credit_Limit'] }).fit(train).state.lambdas; // { Credit_Limit: -0.29 }
 * ```
 */
export class PowerTransformer implements Transformer<FittedPowerTransformer> {
  static readonly type = 'PowerTransformer';
  readonly columns?: readonly string[];
  readonly method: PowerMethod;
  readonly standardize: boolean;

  /**
   * @param options.columns the columns to transform; without it all numeric ones.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, method = 'yeo-johnson', standardize = false }: PowerTransformerOptions = {}) {
    requireParameter(METHODS.includes(method), 'method', `one of ${JSON.stringify(METHODS)}`, method);
    requireParameter(typeof standardize === 'boolean', 'standardize', 'true or false', standardize);
    this.columns = chosenColumns(columns);
    this.method = method;
    this.standardize = standardize;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedPowerTransformer {
    const isScaled = state.get('scaler') !== null;
    return new FittedPowerTransformer({
      method: state.oneOf('method', METHODS),
      lambdas: state.record('lambdas', isNumberOrNull),
      scaler: isScaled ? StandardScaler.restore(state.child('scaler')).state : null,
    });
  }

  /** @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value. */
  fit(x: Table): FittedPowerTransformer {
    const lambdas = learnNumeric(x, this.columns, likeliestLambda);
    const columns = Object.keys(lambdas);
    const scaler = this.standardize
      ? new StandardScaler({ columns }).fit(mapNumeric(x, lambdas, yeoJohnsonAll)).state
      : null;
    return new FittedPowerTransformer({ method: this.method, lambdas, scaler });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The powers that a `PowerTransformer` has learned. */
export class FittedPowerTransformer implements FittedTransformer {
  readonly type = PowerTransformer.type;

  constructor(readonly state: PowerTransformerState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers. */
  transform(x: Table): Table {
    const { lambdas, scaler } = this.state;
    const output = mapNumeric(x, lambdas, yeoJohnsonAll);
    return scaler ? new FittedStandardScaler(scaler).transform(output) : output;
  }
}
