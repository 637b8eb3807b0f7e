import {
  checkedValues,
  type FittedTransformer,
  fitThenTransform,
  isNumberOrNull,
  type RowStep,
  requireParameter,
  rowFaultError,
  type StateReader,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { boxCox, boxCoxAll, inverseBoxCoxAll } from './box-cox.js';
import { likeliestBoxCoxLambda } from './box-cox-likelihood.js';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { numberList } from './number-list.js';
import { learnNumeric, mapNumeric, mapNumericRow } from './numeric-columns.js';
import { FittedStandardScaler, StandardScaler, type StandardScalerState } from './standard-scaler.js';
import { inverseYeoJohnsonAll, yeoJohnson, yeoJohnsonAll } from './yeo-johnson.js';
import { likeliestLambda } from './yeo-johnson-likelihood.js';

const METHODS = ['yeo-johnson', 'box-cox'] as const;

/** A family of power transforms. */
export type PowerMethod = (typeof METHODS)[number];

interface PowerFamily {
  readonly likeliest: (values: Float64Array) => number;
  readonly transform: (value: number, lambda: number) => number;
  readonly all: (values: Float64Array, lambda: number) => Float64Array;
  readonly inverseAll: (values: Float64Array, lambda: number) => Float64Array;
}

const FAMILIES: Readonly<Record<PowerMethod, PowerFamily>> = {
  'yeo-johnson': {
    likeliest: likeliestLambda,
    transform: yeoJohnson,
    all: yeoJohnsonAll,
    inverseAll: inverseYeoJohnsonAll,
  },
  'box-cox': {
    likeliest: likeliestBoxCoxLambda,
    transform: boxCox,
    all: boxCoxAll,
    inverseAll: inverseBoxCoxAll,
  },
};

export interface PowerTransformerOptions extends ColumnsOption {
  /** The family of transforms; default `'yeo-johnson'`, for values of either sign; `'box-cox'` is for positive ones. */
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
  readonly role = 'transformer';
  static readonly type = 'PowerTransformer';
  readonly columns?: readonly string[];
  readonly method: PowerMethod;
  readonly standardize: boolean;

  /**
   * @param options `columns`: the columns to transform; without it all numeric ones.
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
    const lambdas = state.record('lambdas', isNumberOrNull);
    const isScaled = state.get('scaler') !== null;
    const scaler = isScaled ? StandardScaler.restore(state.child('scaler')).state : null;
    const names = (record: object) => JSON.stringify(Object.keys(record));
    const isRight = scaler === null || names(scaler.means) === names(lambdas);
    state.expect(isRight, 'scaler', 'of the same columns as "lambdas"');
    return new FittedPowerTransformer({ method: state.oneOf('method', METHODS), lambdas, scaler });
  }

  /**
   * @throws `column-name` or `column-kind` for a column without numbers; `invalid-data` for an infinite value or, with
   *   `'box-cox'`, one that is not positive.
   */
  fit(x: Table): FittedPowerTransformer {
    const { likeliest, all } = FAMILIES[this.method];
    if (this.method === 'box-cox') assertPositive(x, this.columns ?? x.namesOf('numeric'));
    const lambdas = learnNumeric(x, this.columns, likeliest);
    const columns = Object.keys(lambdas);
    const scaler = this.standardize
      ? new StandardScaler({ columns }).fit(mapNumeric(x, lambdas, all)).state
      : null;
    return new FittedPowerTransformer({ method: this.method, lambdas, scaler });
  }

  fitTransform(x: Table) {
    return fitThenTransform(this, x);
  }
}

/** The powers that a `PowerTransformer` has learned. */
export class FittedPowerTransformer implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = PowerTransformer.type;

  constructor(readonly state: PowerTransformerState) {}

  /**
   * @throws `column-name` or `column-kind` where a column of `fit` is not there as numbers; `invalid-data`, with `'box-cox'`, for a
   *   number that is not positive.
   */
  transform(x: Table): Table {
    const { method, lambdas, scaler } = this.state;
    if (method === 'box-cox') assertPositive(x, learnedColumns(lambdas));
    const output = mapNumeric(x, lambdas, FAMILIES[method].all);
    return scaler ? new FittedStandardScaler(scaler).transform(output) : output;
  }

  /** Gives the values back; missing where a value is no power transform of any. */
  inverseTransform(x: Table): Table {
    const { method, lambdas, scaler } = this.state;
    const unscaled = scaler ? new FittedStandardScaler(scaler).inverseTransform(x) : x;
    return mapNumeric(unscaled, lambdas, FAMILIES[method].inverseAll);
  }

  compileRow(schema: TableSchema): RowStep {
    const { method, lambdas, scaler } = this.state;
    const { transform } = FAMILIES[method];
    const power = mapNumericRow(schema, lambdas, (lambda, column) => (value) => {
      if (method === 'box-cox' && !hasBoxCox(value)) {
        throw rowFaultError([{ row: 0, column, detail: noBoxCox(value) }]);
      }
      return transform(value, lambda);
    });
    if (!scaler) return power;
    const scale = new FittedStandardScaler(scaler).compileRow(schema);
    return { schema, apply: (row) => scale.apply(power.apply(row)) };
  }

  describe(): string {
    return `PowerTransformer: ${this.state.method}, lambdas ${numberList(this.state.lambdas)}`;
  }
}

function learnedColumns(lambdas: PowerTransformerState['lambdas']): string[] {
  return Object.keys(lambdas).filter((name) => lambdas[name] !== null);
}

/** @throws `invalid-data` for numbers that Box-Cox has no power of, as scikit-learn does, in training and after it. */
function assertPositive(x: Table, names: readonly string[]): void {
  for (const name of names) checkedValues(name, x.numeric(name), hasBoxCox, noBoxCox);
}

function hasBoxCox(value: number): boolean {
  return value > 0 || Number.isNaN(value);
}

function noBoxCox(value: number): string {
  return `expected a positive number for Box-Cox, got ${value}; yeo-johnson takes any`;
}
