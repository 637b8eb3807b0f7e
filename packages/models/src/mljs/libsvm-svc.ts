import {
  booleanParameter,
  ChurnError,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  exp,
  type FitOptions,
  type FittedClassifier,
  integerParameter,
  type Labels,
  type LabelsLike,
  likeliest,
  numberParameter,
  type OptionsOf,
  oneOf,
  packArray,
  Random,
  readOptions,
  type SettingsOf,
  type StateReader,
  square,
  stratifiedFolds,
  type Table,
  type TableSchema,
  tanh,
  twoClassLabels,
  withDefault,
  withGrid,
} from '@churn/core';
import {
  plattScaling,
  restoreSigmoid,
  type SigmoidFit,
  sigmoidValues,
} from '../calibration/platt-scaling.js';
import { classWeightParameter, rowWeights } from '../class-weight.js';
import { designMatrix } from '../design-matrix.js';
import { combine } from '../linear/loss.js';
import { numericSchema } from '../numeric-schema.js';
import { refuseWeights } from '../refuse-weights.js';
import {
  gammaParameter,
  hasFiniteDecisions,
  KERNELS,
  type KernelName,
  MAX_DEGREE,
  restoreKernel,
} from '../svm/kernel.js';
import { linearWeights } from '../svm/linear-weights.js';
import { engineParameter, hasMethods } from './engine-parameter.js';
import { parseLibsvmModel } from './libsvm-model.js';

/** The part of the class `SVM` of `libsvm-js` that is used. */
export interface LibsvmEngine {
  new (options: {
    readonly type: string;
    readonly kernel: string;
    readonly cost: number;
    readonly degree: number;
    readonly gamma: number;
    readonly coef0: number;
    readonly tolerance: number;
    readonly shrinking: boolean;
    readonly cacheSize: number;
    readonly weight: Readonly<Record<number, number>>;
    readonly quiet: boolean;
  }): {
    train(rows: number[][], codes: number[]): void;
    serializeModel(): string;
    getSVIndices(): number[];
    free(): void;
  };
}

const C_SVC = '0';
const FOLDS = 5;

const parameters = {
  /** The class `SVM` of `libsvm-js`. */
  engine: engineParameter<LibsvmEngine>(
    'the class of "libsvm-js" (its main module is a promise of the class; await it)',
    (engine) => hasMethods(engine, 'train', 'serializeModel'),
  ),
  /** The cost of margin violations, above 0. Default 1. */
  C: withGrid(withDefault(numberParameter({ above: 0 }), 1), [1, 10]),
  /** `x·z` (linear), `(γ x·z + r)^d` (poly), `exp(-γ |x - z|²)` (rbf, default), `tanh(γ x·z + r)` (sigmoid). */
  kernel: withDefault(oneOf(KERNELS), 'rbf'),
  /** The `d` of `'poly'`, an integer from 0 to 100. Default 3. */
  degree: withDefault(integerParameter({ from: 0, to: MAX_DEGREE }), 3),
  /** The `γ`: a number above 0, `'scale'` (default) for 1 / (features × variance of all values), `'auto'` for 1 / features. */
  gamma: withDefault(gammaParameter(), 'scale'),
  /** The `r` of `'poly'` and `'sigmoid'`. Default 0. */
  coef0: withDefault(numberParameter(), 0),
  /** The tolerance of the optimum. Default 1e-3. */
  tolerance: withDefault(numberParameter({ above: 0 }), 1e-3),
  /** Whether to use the shrinking heuristic. Default true. */
  shrinking: withDefault(booleanParameter(), true),
  /** The kernel cache size in megabytes. Default 100. */
  cacheSize: withDefault(numberParameter({ above: 0 }), 100),
  /** `'balanced'`, or the weight of each class by its label; `null` (default) for 1 each. */
  classWeight: classWeightParameter(),
  /** Whether to fit probabilities, which takes five more fits. Default true. */
  probability: withDefault(booleanParameter(), true),
  /** The seed of the folds used to fit probabilities. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type LibsvmSvcOptions = OptionsOf<typeof parameters>;

/**
 * A support vector machine of two classes, trained by libsvm through `libsvm-js`. Only `fit` needs the library. Its memory is freed at
 * once, and the fitted model is plain data that predicts without it.
 *
 * Probabilities are computed by Platt scaling of cross-validated decisions (five folds, fewer if a class has fewer rows). Those of libsvm
 * itself depend on folds without a seed and differ from fit to fit. `predict` follows the decision, like libsvm, so close to 0.5 it may
 * differ from the more probable class. libsvm reports the intercept of its decisions with six digits.
 *
 * The main module of `libsvm-js` is a promise of a WebAssembly build, which prints a warning when it loads; `libsvm-js/asm.js` is available
 * at once and prints nothing, but is slower.
 *
 * ```ts
 * import loading from 'libsvm-js';
 * const model = new LibsvmSvc({ engine: await loading, C: 10 }).fit(x, churned);
 * ```
 */
export class LibsvmSvc implements Classifier<FittedLibsvmSvc> {
  readonly role = 'classifier';
  static readonly type = 'LibsvmSvc';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: false };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: LibsvmSvcOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedLibsvmSvc {
    const classes = state.classes('classes', 2);
    const features = state.names('features');
    state.expect(features.length > 0, 'features', 'one or more');
    const kernel = restoreKernel(state, 0);
    const dualCoefficients = state.packed('dualCoefficients', Float64Array);
    const length = features.length * dualCoefficients.length;
    const supportVectors = state.packed('supportVectors', Float64Array, { length });
    const intercept = state.number('intercept');
    const squares = maxSquares(supportVectors, features.length);
    const areDeciding = hasFiniteDecisions(kernel, squares, dualCoefficients, intercept);
    state.expect(areDeciding, 'dualCoefficients', 'small enough for decisions to be finite');
    return new FittedLibsvmSvc({
      classes,
      features,
      supportVectors,
      dualCoefficients,
      ...kernel,
      intercept,
      platt: state.get('platt') === null ? undefined : restoreSigmoid(state.child('platt')),
    });
  }

  /**
   * @throws `invalid-target` if there are not exactly two classes with rows; `invalid-data` if `x` has no columns, missing or infinite
   * values, or differs in length from `y`; `column-kind` if it has categories; `invalid-parameter` for sample weights, and if `classWeight`
   * names an unknown class.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedLibsvmSvc {
    refuseWeights(options, 'libsvm-js');
    const labels = twoClassLabels(y, x);
    if (x.names.length === 0) throw new ChurnError('invalid-data', 'LibsvmSvc: the table has no columns');
    designMatrix(x, x.names);
    const rows = x.toArray();
    const machine = this.#train(x.names, rows, labels);
    return this.options.probability
      ? new FittedLibsvmSvc({ ...machine, platt: this.#platt(x, rows, labels) })
      : new FittedLibsvmSvc(machine);
  }

  #train(features: string[], rows: number[][], labels: Labels): Machine {
    const { engine, C, kernel, degree, gamma, coef0, tolerance, shrinking, cacheSize, classWeight } =
      this.options;
    const width = gamma === 'scale' ? scaleOf(rows) : gamma === 'auto' ? 1 / features.length : gamma;
    const weights = rowWeights(labels, classWeight);
    const svm = new engine({
      type: C_SVC,
      kernel: String(KERNELS.indexOf(kernel)),
      cost: C,
      degree,
      gamma: width,
      coef0,
      tolerance,
      shrinking,
      cacheSize,
      weight: weights ? { 0: weights[labels.codes.indexOf(0)], 1: weights[labels.codes.indexOf(1)] } : {},
      quiet: true,
    });
    try {
      svm.train(rows, Array.from(labels.codes));
      const { positive, rho, dualCoefficients } = parseLibsvmModel(svm.serializeModel());
      const sign = positive === 1 ? 1 : -1;
      const supportVectors = Float64Array.from(svm.getSVIndices().flatMap((row) => rows[row]));
      return {
        classes: labels.classes,
        features,
        kernel,
        gamma: width,
        degree,
        coef0,
        supportVectors,
        dualCoefficients: Float64Array.from(dualCoefficients, (coefficient) => sign * coefficient),
        intercept: -sign * rho,
      };
    } finally {
      svm.free();
    }
  }

  /** The sigmoid fitted to cross-validated decisions or, if a class has a single row, to the decisions of the training rows. */
  #platt(x: Table, rows: number[][], labels: Labels): SigmoidFit {
    const nFolds = Math.min(FOLDS, ...labels.counts());
    const decisions = new Float64Array(rows.length);
    const folds =
      nFolds > 1
        ? stratifiedFolds(labels, nFolds, new Random(this.options.seed).stream(LibsvmSvc.type))
        : new Int32Array(rows.length);
    const all = Int32Array.from(rows, (_, row) => row);
    for (let fold = 0; fold < nFolds; fold++) {
      const outside = all.filter((row) => folds[row] === fold);
      const inside = nFolds > 1 ? all.filter((row) => folds[row] !== fold) : all;
      const machine = this.#train(
        x.names,
        Array.from(inside, (row) => rows[row]),
        labels.take(inside),
      );
      const values = new FittedLibsvmSvc(machine).decisionFunction(x.take(outside))[0];
      for (let i = 0; i < outside.length; i++) decisions[outside[i]] = values[i];
    }
    return plattScaling(decisions, labels.codes);
  }
}

/** The parts of a fitted machine. */
interface Machine {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  readonly kernel: KernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
  /** The support vectors, one after the other. */
  readonly supportVectors: Float64Array;
  /** `y_i α_i` of each, positive for the second class. */
  readonly dualCoefficients: Float64Array;
  readonly intercept: number;
  readonly platt?: SigmoidFit;
}

export type LibsvmSvcState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  readonly kernel: KernelName;
  readonly gamma: number;
  readonly degree: number;
  readonly coef0: number;
  /** The support vectors one after the other, as the base64 of a `Float64Array`. */
  readonly supportVectors: string;
  /** `y_i α_i` of each, as the base64 of a `Float64Array`. */
  readonly dualCoefficients: string;
  readonly intercept: number;
  /** The sigmoid from a decision to a probability; `null` with `probability: false`. */
  readonly platt: SigmoidFit | null;
};

/** A support vector machine trained by libsvm. */
export class FittedLibsvmSvc implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = LibsvmSvc.type;
  #weights: Float64Array | undefined;

  constructor(readonly machine: Machine) {}

  get state(): LibsvmSvcState {
    const { supportVectors, dualCoefficients, platt = null, ...rest } = this.machine;
    return {
      ...rest,
      supportVectors: packArray(supportVectors),
      dualCoefficients: packArray(dualCoefficients),
      platt,
    };
  }

  get classes(): readonly ClassLabel[] {
    return this.machine.classes;
  }

  get features(): readonly string[] {
    return this.machine.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** The weights of the features, for a linear kernel. */
  get linearWeights(): Float64Array | undefined {
    const { kernel, supportVectors, dualCoefficients } = this.machine;
    const nFeatures = this.features.length;
    if (kernel !== 'linear') return undefined;
    this.#weights ??= linearWeights(nFeatures, dualCoefficients, (i, j) => supportVectors[i * nFeatures + j]);
    return this.#weights;
  }

  /** `Σ y_i α_i K(x_i, x) + b` of each row: above 0 for the second class. */
  decisionFunction(x: Table): Float64Array[] {
    const { kernel, gamma, degree, coef0, supportVectors, dualCoefficients, intercept } = this.machine;
    const columns = designMatrix(x, this.features);
    const nFeatures = columns.length;
    if (this.linearWeights) {
      return [combine(columns, this.linearWeights, new Float64Array(x.nRows).fill(intercept))];
    }
    const values = new Float64Array(nFeatures);
    const decisions = new Float64Array(x.nRows);
    for (let row = 0; row < x.nRows; row++) {
      for (let j = 0; j < nFeatures; j++) values[j] = columns[j][row];
      let decision = intercept;
      for (let i = 0, at = 0; i < dualCoefficients.length; i++) {
        let product = 0;
        if (kernel === 'rbf') {
          for (let j = 0; j < nFeatures; j++, at++) product += square(values[j] - supportVectors[at]);
        } else {
          for (let j = 0; j < nFeatures; j++, at++) product += values[j] * supportVectors[at];
        }
        let similarity: number;
        if (kernel === 'rbf') similarity = exp(-gamma * product);
        else if (kernel === 'poly') similarity = wholePower(gamma * product + coef0, degree);
        else similarity = tanh(gamma * product + coef0);
        decision += dualCoefficients[i] * similarity;
      }
      decisions[row] = decision;
    }
    return [decisions];
  }

  /** @throws `invalid-parameter` if the machine was fitted with `probability: false`. */
  predictProba(x: Table): ClassProbabilities {
    const { platt } = this.machine;
    if (!platt) {
      throw new ChurnError(
        'invalid-parameter',
        'probability: expected true for probabilities, got false; use decisionFunction or predict',
      );
    }
    const positive = sigmoidValues(platt, this.decisionFunction(x)[0]);
    return checkedProbabilities(x, this.features, [positive.map((p) => 1 - p), positive]);
  }

  /** The class of each row by the sign of its decision. */
  predict(x: Table): ClassLabel[] {
    const [decisions] = this.decisionFunction(x);
    // A row without a decision has no class.
    const positive = decisions.map((decision) => (Number.isNaN(decision) ? NaN : Number(decision > 0)));
    return likeliest(
      this.classes,
      checkedProbabilities(x, this.features, [positive.map((p) => 1 - p), positive]),
    );
  }
}

/** scikit-learn's `gamma='scale'`: 1 / (number of features × variance of all values); 1 if all values are equal. */
function scaleOf(rows: number[][]): number {
  const n = rows.length * rows[0].length;
  let sum = 0;
  for (const row of rows) for (const value of row) sum += value;
  const mean = sum / n;
  let squares = 0;
  for (const row of rows) for (const value of row) squares += square(value - mean);
  return squares > 0 ? n / (rows[0].length * squares) : 1;
}

/** The maximum squared norm of a support vector. */
function maxSquares(supportVectors: Float64Array, nFeatures: number): number {
  let most = 0;
  for (let at = 0; at < supportVectors.length; at += nFeatures) {
    let sum = 0;
    for (let j = 0; j < nFeatures; j++) sum += square(supportVectors[at + j]);
    most = Math.max(most, sum);
  }
  return most;
}

/** `base^exponent` for a nonnegative integer exponent, by multiplication, as libsvm computes it. */
function wholePower(base: number, exponent: number): number {
  let power = 1;
  let factor = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) power *= factor;
    factor *= factor;
  }
  return power;
}
