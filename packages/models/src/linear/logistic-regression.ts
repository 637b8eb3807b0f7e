import {
  assertLabelPerRow,
  ChurnError,
  type Classifier,
  type ClassLabel,
  type FittedClassifier,
  isClassLabel,
  isNumber,
  isString,
  type LabelsLike,
  likeliest,
  type StateReader,
  type Table,
  twoClassLabels,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { sigmoid } from './logistic-loss.js';
import { proximalNewton } from './proximal-newton.js';
import { dot } from './weighted-gram.js';

export interface LogisticRegressionOptions {
  /** `'l2'` (default) shrinks all coefficients; `'l1'` makes some of them exactly zero. */
  readonly penalty?: 'l1' | 'l2';
  /** The inverse of the strength of the penalty, above 0. Default 1. */
  readonly C?: number;
  /** Whether to add an intercept. Default true. */
  readonly fitIntercept?: boolean;
  /** Whether the intercept is penalised like a coefficient, as liblinear does it. Default false. */
  readonly penalizeIntercept?: boolean;
  /**
   * When to stop: the largest entry of the objective's subgradient, relative to that of the loss at zero coefficients.
   * Default 1e-8.
   */
  readonly tolerance?: number;
  /** The most Newton steps. Default 100. */
  readonly maxIterations?: number;
  /** Is told, in a sentence, where the fit stopped before it converged. */
  readonly onWarning?: (message: string) => void;
}

/**
 * Logistic regression for two classes.
 *
 * Minimises `C Σ log(1 + exp(-s_i (x_i·w + b))) + penalty(w)` with `s_i` = ±1, and `penalty` = `Σ |w_j|` (l1) or
 * `½ Σ w_j²` (l2): the objective of scikit-learn's `LogisticRegression`. It goes on to the optimum, where liblinear
 * stops early. Scale the columns before, or the penalty weighs them by their units.
 *
 * ```ts
 * const model = new LogisticRegression({ penalty: 'l1', C: 0.1 }).fit(x, churned);
 * const [stays, churns] = model.predictProba(x);
 * ```
 */
export class LogisticRegression implements Classifier<FittedLogisticRegression> {
  static readonly type = 'LogisticRegression';
  readonly options: Required<Omit<LogisticRegressionOptions, 'onWarning'>>;
  readonly #onWarning: (message: string) => void;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor({
    penalty = 'l2',
    C = 1,
    fitIntercept = true,
    penalizeIntercept = false,
    tolerance = 1e-8,
    maxIterations = 100,
    onWarning = () => {},
  }: LogisticRegressionOptions = {}) {
    this.options = { penalty, C, fitIntercept, penalizeIntercept, tolerance, maxIterations };
    this.#onWarning = onWarning;
    if (penalty !== 'l1' && penalty !== 'l2') refuseParameter('penalty', '"l1" or "l2"', penalty);
    if (!(C > 0 && C < Infinity)) refuseParameter('C', 'a number above 0', C);
    if (!(tolerance > 0 && tolerance < 1))
      refuseParameter('tolerance', 'a number between 0 and 1', tolerance);
    if (!(Number.isInteger(maxIterations) && maxIterations > 0)) {
      refuseParameter('maxIterations', 'a whole number from 1', maxIterations);
    }
  }

  /** @throws `model-file` where the state is not one of a logistic regression. */
  static restore(state: StateReader): FittedLogisticRegression {
    const features = state.list('features', isString);
    const coefficients = state.list('coefficients', isNumber);
    const classes = state.list('classes', isClassLabel);
    if (coefficients.length !== features.length || classes.length !== 2) {
      throw new ChurnError(
        'model-file',
        'LogisticRegression: expected a coefficient a feature, and two classes',
      );
    }
    return new FittedLogisticRegression({
      classes,
      features,
      coefficients,
      intercept: state.number('intercept'),
      iterations: state.number('iterations'),
      converged: state.boolean('converged'),
    });
  }

  /**
   * @throws `invalid-labels` where there are not exactly two classes with rows; `invalid-data` where `x` has missing or
   *   infinite values, values whose squares overflow, or another number of rows than `y`; `column-kind` where it has categories.
   */
  fit(x: Table, y: LabelsLike): FittedLogisticRegression {
    const { penalty, C, fitIntercept, penalizeIntercept, tolerance, maxIterations } = this.options;
    const labels = twoClassLabels(y);
    assertLabelPerRow(x, labels);
    const features = x.names;
    const columns = designMatrix(x, features);
    const nFeatures = columns.length;
    const tooLarge = columns.findIndex((column) => !Number.isFinite(C * dot(column, column)));
    if (tooLarge >= 0) {
      throw new ChurnError(
        'invalid-data',
        `column "${features[tooLarge]}": the values are too large to compute with; scale the columns first`,
      );
    }
    if (fitIntercept) columns.push(new Float64Array(x.nRows).fill(1));

    const strength = new Float64Array(columns.length).fill(1);
    const start = new Float64Array(columns.length);
    if (fitIntercept && !penalizeIntercept) {
      const [negatives, positives] = labels.counts();
      strength[nFeatures] = 0;
      start[nFeatures] = Math.log(positives / negatives);
    }
    const none = new Float64Array(columns.length);
    const result = proximalNewton(
      {
        columns,
        y: labels.codes,
        C,
        l1: penalty === 'l1' ? strength : none,
        l2: penalty === 'l2' ? strength : none,
      },
      { start, tolerance, maxIterations },
    );
    if (!result.converged) {
      this.#onWarning(
        `LogisticRegression stopped after ${result.iterations} of at most ${maxIterations} steps, with a residual of ` +
          `${result.residual.toExponential(1)} where ${tolerance.toExponential(1)} was asked for`,
      );
    }
    return new FittedLogisticRegression({
      classes: labels.classes,
      features,
      coefficients: Array.from(result.weights.subarray(0, nFeatures)),
      intercept: fitIntercept ? result.weights[nFeatures] : 0,
      iterations: result.iterations,
      converged: result.converged,
    });
  }
}

export type LogisticRegressionState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The coefficient of each feature, on the scale of the columns it was fitted on. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
  /** How many Newton steps the fit took. */
  readonly iterations: number;
  readonly converged: boolean;
};

export class FittedLogisticRegression implements FittedClassifier {
  readonly type = LogisticRegression.type;

  constructor(readonly state: LogisticRegressionState) {}

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return this.state.features;
  }

  /** The raw score `x_i·w + b` of each row: the log-odds of the positive class. */
  decisionFunction(x: Table): Float64Array {
    const columns = designMatrix(x, this.features);
    const scores = new Float64Array(x.nRows).fill(this.state.intercept);
    columns.forEach((column, j) => {
      const coefficient = this.state.coefficients[j];
      for (let i = 0; i < scores.length; i++) scores[i] += coefficient * column[i];
    });
    return scores;
  }

  predictProba(x: Table): Float64Array[] {
    const scores = this.decisionFunction(x);
    return [scores.map((score) => sigmoid(-score)), scores.map(sigmoid)];
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

function refuseParameter(name: string, expected: string, came: unknown): never {
  throw new ChurnError(
    'invalid-parameter',
    `LogisticRegression ${name}: expected ${expected}, got ${String(came)}`,
  );
}
