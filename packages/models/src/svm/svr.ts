import {
  ChurnError,
  type FitOptions,
  numberParameter,
  type OptionsOf,
  type Regressor,
  readOptions,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  type Table,
  TargetValues,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { withoutWeightless } from '../weighted-rows.js';
import { FittedSVR } from './fitted-svr.js';
import { type Kernel, kernelKey } from './kernel.js';
import { KernelRows, type Tube } from './machine.js';
import { kernelFor, svmParameters } from './svm-parameters.js';

const parameters = {
  ...svmParameters,
  /** The largest error of a prediction at no cost, at least 0. Default 0.1. */
  epsilon: withDefault(numberParameter({ from: 0 }), 0.1),
};

export type SVROptions = OptionsOf<typeof parameters>;

type Settings = SettingsOf<typeof parameters>;

/** Beyond it, the squared violations of optimality overflow single precision. */
const LARGEST_AMOUNT = 1e15;

/**
 * Support vector regression with kernels: fits a function with a tube of `epsilon` to either side, inside which errors cost nothing.
 * Beyond, their cost is linear.
 *
 * Solves the dual of `½ |w|² + C Σ max(0, |y_i - w·φ(x_i) - b| - ε)`, as libsvm and scikit-learn's `SVR` do, by sequential minimal
 * optimisation. Scale the columns first, and the target too, since `C`, `epsilon` and `tolerance` are in its units.
 *
 * ```ts
 * new SVR({ C: 10, epsilon: 0.05 }).fit(x, y).predict(x);
 * ```
 */
export class SVR implements Regressor<FittedSVR> {
  readonly role = 'regressor';
  static readonly type = 'SVR';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: Settings;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: SVROptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedSVR {
    return FittedSVR.restore(state);
  }

  /**
   * @throws `invalid-target` if a target value is missing, infinite or larger than 1e15 in size; `invalid-data` if `x` has missing or
   * infinite values, no columns, no rows, values whose kernels overflow, or differs in length from `y`; `column-kind` if it has
   * categories.
   */
  fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedSVR {
    return this.fitMany(x, y, [this], options)[0];
  }

  /** Specifications with the same kernel share its computation. */
  fitMany(x: Table, y: TargetValuesLike, specifications: readonly SVR[], options?: FitOptions): FittedSVR[] {
    const given = TargetValues.from(y);
    requireTargetPerRow(x, given);
    requireScaled(given);
    const all = designMatrix(x, x.names);
    if (all.length === 0) throw new ChurnError('invalid-data', 'expected feature columns, got none');
    if (given.length === 0) throw new ChurnError('invalid-data', 'SVR: the table has no rows');
    const { columns, target, options: kept } = withoutWeightless({ columns: all, target: given, options });
    const weights = kept?.sampleWeight ?? new Float64Array(target.length).fill(1);
    const kernels = specifications.map((specification) => kernelFor(specification.options, columns));
    const keys = specifications.map(({ options: { cacheSizeMb } }, i) =>
      JSON.stringify([kernelKey(kernels[i]), cacheSizeMb]),
    );
    const fitted = new Array<FittedSVR>(specifications.length);
    // One kernel at a time, to hold only one in memory.
    for (const key of new Set(keys)) {
      const first = keys.indexOf(key);
      const rows = new KernelRows(columns, kernels[first], specifications[first].options.cacheSizeMb, true);
      specifications.forEach((specification, i) => {
        if (keys[i] !== key) return;
        const { C, epsilon } = specification.options;
        const bounds = Float64Array.from(weights, (weight) => C * weight);
        const tube = { amounts: target.values, bounds, epsilon };
        fitted[i] = specification.#fit(rows, kernels[i], columns, x.names, tube);
      });
      rows.release();
    }
    return fitted;
  }

  #fit(
    rows: KernelRows,
    kernel: Kernel,
    columns: readonly Float64Array[],
    features: readonly string[],
    tube: Tube,
  ): FittedSVR {
    const { tolerance, maxIterations, onWarning } = this.options;
    const { coefficients, intercept, steps, converged } = rows.solveTube(tube, tolerance, maxIterations);
    if (!converged) {
      onWarning?.(
        `SVR stopped after ${maxIterations} steps, with a pair of rows that still violates optimality by more than ${tolerance}`,
      );
    }
    const support = Int32Array.from(coefficients.keys()).filter((row) => coefficients[row] !== 0);
    const taken = (values: Float64Array) => Float64Array.from(support, (row) => values[row]);
    return new FittedSVR({
      features,
      kernel,
      nSupport: support.length,
      supportVectors: columns.map(taken),
      coefficients: taken(coefficients),
      intercept,
      iterations: steps,
      converged,
    });
  }
}

function requireScaled({ values }: TargetValues): void {
  const row = values.findIndex((amount) => Math.abs(amount) > LARGEST_AMOUNT);
  if (row < 0) return;
  throw new ChurnError(
    'invalid-target',
    `row ${row}: expected a target value of at most ${LARGEST_AMOUNT} in absolute value, got ${values[row]}; scale them first`,
  );
}
