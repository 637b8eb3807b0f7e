import {
  ChurnError,
  checkedPredictions,
  exp,
  expm1,
  type FitOptions,
  type FittedRegressor,
  type JsonObject,
  log,
  log1p,
  type OptionsOf,
  oneOf,
  type Regressor,
  type Restorable,
  readOptions,
  regressorParameter,
  required,
  requireTargetPerRow,
  restorePart,
  type StateReader,
  savedPart,
  square,
  type Table,
  type TableSchema,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { acceptedOptions } from './accepted-options.js';

interface TargetFunction {
  readonly expected: string;
  accepts(amount: number): boolean;
  of(amount: number): number;
  inverse(value: number): number;
}

const FUNCTIONS = {
  log: { expected: 'a target value above 0', accepts: (amount) => amount > 0, of: log, inverse: exp },
  log1p: { expected: 'a target value above -1', accepts: (amount) => amount > -1, of: log1p, inverse: expm1 },
  sqrt: {
    expected: 'a target value of at least 0',
    accepts: (amount) => amount >= 0,
    of: Math.sqrt,
    // A square root is at least 0.
    inverse: (value) => square(Math.max(value, 0)),
  },
} as const satisfies Readonly<Record<string, TargetFunction>>;

export type TargetFunctionName = keyof typeof FUNCTIONS;

const NAMES = Object.keys(FUNCTIONS) as TargetFunctionName[];

const parameters = {
  /** The regressor fitted on the transformed target; a pipeline with its own processing is allowed. */
  regressor: required(regressorParameter()),
  /** The transform of the target: `'log'`, `'log1p'` (default), or `'sqrt'`. */
  func: withDefault(oneOf(NAMES), 'log1p'),
};

export type TransformedTargetRegressorOptions = OptionsOf<typeof parameters>;

/**
 * A regressor that is fitted on a transformed target and predicts through the inverse transform:
 * scikit-learn's `TransformedTargetRegressor`, with functions that a model file can name. Predictions are
 * nearer the median of a skewed target than its mean; if the mean is wanted, see `GammaRegressor` and
 * `PoissonRegressor`.
 *
 * ```ts
 * new TransformedTargetRegressor({ regressor: new Ridge(), func: 'log1p' }).fit(x, y).predict(x);
 * ```
 */
export class TransformedTargetRegressor implements Regressor<FittedTransformedTargetRegressor> {
  readonly role = 'regressor';
  static readonly type = 'TransformedTargetRegressor';
  static readonly parameters = parameters;
  /** Everything that the inner regressor accepts; sample weights are passed on if it supports them. */
  static readonly accepts = { missing: true, categories: true, sampleWeight: true };
  readonly regressor: Regressor;
  readonly func: TargetFunctionName;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: TransformedTargetRegressorOptions) {
    const { regressor, func } = readOptions(parameters, options);
    this.regressor = regressor;
    this.func = func;
  }

  /** @throws `model-file` if `state` is not a state of this class, or contains a class that was not given. */
  static restore(state: StateReader, classes: readonly Restorable[]): FittedTransformedTargetRegressor {
    const func = state.oneOf('func', NAMES);
    return new FittedTransformedTargetRegressor(
      restorePart(state.child('regressor'), classes, 'regressor'),
      func,
    );
  }

  /**
   * @throws `invalid-target` if a target value is outside the domain of the function, naming the row; and the errors of the regressor.
   */
  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedTransformedTargetRegressor {
    const { values } = TargetValues.from(y);
    requireTargetPerRow(x, TargetValues.from(y));
    const { expected, accepts, of } = FUNCTIONS[this.func];
    const row = values.findIndex((amount) => !accepts(amount));
    if (row >= 0) {
      throw new ChurnError('invalid-target', `row ${row}: expected ${expected}, got ${values[row]}`);
    }
    const transformed = values.map((amount) => of(amount));
    return new FittedTransformedTargetRegressor(
      this.regressor.fit(x, transformed, acceptedOptions(this.regressor, options)),
      this.func,
    );
  }
}

/** A fitted regressor of a transformed target. */
export class FittedTransformedTargetRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = TransformedTargetRegressor.type;
  /** The importances of the inner regressor; present only if it has them. */
  readonly importances?: () => Float64Array;

  constructor(
    /** The regressor fitted on the transformed target. */
    readonly regressor: FittedRegressor,
    readonly func: TargetFunctionName,
  ) {
    if (regressor.importances)
      this.importances = () => (regressor as Required<FittedRegressor>).importances();
  }

  get state(): JsonObject {
    return { func: this.func, regressor: savedPart(this.regressor) };
  }

  get features(): readonly string[] {
    return this.regressor.features;
  }

  get schema(): TableSchema | undefined {
    return this.regressor.schema;
  }

  /** @throws `invalid-data` if a prediction would overflow; and the errors of the regressor. */
  predict(x: Table): Float64Array {
    const { inverse } = FUNCTIONS[this.func];
    const amounts = this.regressor.predict(x).map((value) => inverse(value));
    return checkedPredictions(x, this.features, amounts);
  }
}
