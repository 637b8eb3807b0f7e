import {
  booleanParameter,
  ChurnError,
  type Classifier,
  type ClassLabel,
  checkedProbabilities,
  classLabels,
  type FitOptions,
  type FittedClassifier,
  firstRepeated,
  integerParameter,
  type LabelsLike,
  likeliest,
  numberParameter,
  type OptionsOf,
  readOptions,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  type Table,
  type TableSchema,
  withDefault,
  withGrid,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { hasFiniteScores } from '../linear/linear-term.js';
import { sigmoid } from '../linear/logistic-loss.js';
import { numericSchema } from '../numeric-schema.js';
import { refuseWeights } from '../refuse-weights.js';
import { engineParameter, hasMethods } from './engine-parameter.js';

/** The class of `ml-logistic-regression`, and the matrices that it computes with. */
export interface MlLogisticRegressionEngine<M = unknown> {
  /** What `ml-logistic-regression` exports. */
  readonly LogisticRegression: new (options: {
    readonly numSteps: number;
    readonly learningRate: number;
  }) => {
    train(rows: M, codes: M): void;
    readonly classifiers: readonly { readonly weights: { to1DArray(): number[] } }[];
  };
  /** The class `Matrix` of `ml-matrix`. */
  readonly Matrix: {
    new (rows: number[][]): M;
    columnVector(values: number[]): M;
  };
}

const parameters = {
  /** What `ml-logistic-regression` exports, and the class `Matrix` of `ml-matrix`. */
  engine: engineParameter<MlLogisticRegressionEngine>(
    '{ LogisticRegression, Matrix }, what "ml-logistic-regression" exports and the class of "ml-matrix"',
    (engine) =>
      hasMethods(engine?.LogisticRegression, 'train', 'predict') &&
      hasMethods(engine.Matrix, 'mmul', 'transpose'),
  ),
  /** The number of steps of gradient descent, all of which are made. Default 1000. */
  numSteps: withDefault(integerParameter({ from: 1 }), 1000),
  /** The length of a step: what the gradient, summed over the rows, is multiplied by. Default 5e-4. */
  learningRate: withGrid(withDefault(numberParameter({ above: 0 }), 5e-4), [5e-4, 5e-3]),
  /** Whether to add an intercept, as a column of ones. Default true. */
  fitIntercept: withDefault(booleanParameter(), true),
};

export type MlLogisticRegressionOptions = OptionsOf<typeof parameters>;

/**
 * Logistic regression by `ml-logistic-regression`: plain gradient descent without a penalty, of each class against the others. Only `fit`
 * needs the library: the fitted model is plain data, and predicts without it.
 *
 * What is put right: there is an intercept; the coefficients speak for a class, where the library's speak against it; and a class without
 * rows gets probability 0, where the library mistakes the classes after it for each other. What stays: it stops after a fixed number of
 * steps, converged or not, and two classes take the work of two models. Scale the columns first. The classes predicted are the library's
 * on a table with a column of ones.
 *
 * ```ts
 * import LogisticRegression from 'ml-logistic-regression';
 * import { Matrix } from 'ml-matrix';
 * const model = new MlLogisticRegression({ engine: { LogisticRegression, Matrix }, numSteps: 1000 }).fit(x, churned);
 * ```
 */
export class MlLogisticRegression implements Classifier<FittedMlLogisticRegression> {
  readonly role = 'classifier';
  static readonly type = 'MlLogisticRegression';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: false };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options: MlLogisticRegressionOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if the state is not one of such a regression. */
  static restore(state: StateReader): FittedMlLogisticRegression {
    const classes = state.classes('classes');
    const features = state.names('features');
    const models = state.children('models').map((model) => {
      const term = {
        coefficients: model.numbers('coefficients', { length: features.length }),
        intercept: model.number('intercept'),
      };
      model.expect(hasFiniteScores(term), 'coefficients', 'small enough for scores to be numbers');
      return { code: model.integer('code', { from: 0, to: classes.length - 1 }), ...term };
    });
    const areDistinct = firstRepeated(models.map(({ code }) => code)) === undefined;
    state.expect(models.length > 0 && areDistinct, 'models', 'one or more, each of another class');
    return new FittedMlLogisticRegression({ classes, features, models });
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has missing or infinite values or differs in
   * length from `y`, or the steps lead away from any solution; `column-kind` if `x` has categories; `invalid-parameter` for sample
   * weights.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedMlLogisticRegression {
    refuseWeights(options, 'ml-logistic-regression');
    const labels = classLabels(y);
    requireTargetPerRow(x, labels);
    const features = x.names;
    designMatrix(x, features);
    const { engine, fitIntercept, numSteps, learningRate } = this.options;
    const { LogisticRegression, Matrix } = engine;
    const rows = x.toArray();
    if (fitIntercept) for (const row of rows) row.push(1);
    if (rows[0].length === 0) {
      throw new ChurnError('invalid-data', 'MlLogisticRegression: the table has no columns');
    }
    // The library numbers the classes by those that have rows.
    const counts = labels.counts();
    const present = labels.classes.map((_, code) => code).filter((code) => counts[code] > 0);
    const model = new LogisticRegression({ numSteps, learningRate });
    model.train(
      new Matrix(rows),
      Matrix.columnVector(Array.from(labels.codes, (code) => present.indexOf(code))),
    );
    const models = present.map((code, k) => {
      const weights = model.classifiers[k].weights.to1DArray().map((weight) => 0 - weight);
      const term = {
        coefficients: weights.slice(0, features.length),
        intercept: fitIntercept ? weights[features.length] : 0,
      };
      if (!hasFiniteScores(term)) {
        throw new ChurnError(
          'invalid-data',
          'MlLogisticRegression: the coefficients grew beyond all numbers; scale the columns or lower learningRate',
        );
      }
      return { code, ...term };
    });
    return new FittedMlLogisticRegression({ classes: labels.classes, features, models });
  }
}

export type MlLogisticRegressionState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** A model of each class that had rows against the others; `code` is its index in `classes`. */
  readonly models: readonly {
    readonly code: number;
    readonly coefficients: readonly number[];
    readonly intercept: number;
  }[];
};

/** A logistic regression fitted by `ml-logistic-regression`. */
export class FittedMlLogisticRegression implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = MlLogisticRegression.type;

  constructor(readonly state: MlLogisticRegressionState) {}

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return this.state.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** The probabilities of the classes, each by its own model, divided by their sum. */
  predictProba(x: Table): Float64Array[] {
    const columns = designMatrix(x, this.features);
    const probabilities = this.classes.map(() => new Float64Array(x.nRows));
    const sums = new Float64Array(x.nRows);
    const { models } = this.state;
    for (const { code, coefficients, intercept } of models) {
      const ofClass = probabilities[code].fill(intercept);
      columns.forEach((column, j) => {
        for (let row = 0; row < ofClass.length; row++) ofClass[row] += coefficients[j] * column[row];
      });
      for (let row = 0; row < ofClass.length; row++) {
        ofClass[row] = sigmoid(ofClass[row]);
        sums[row] += ofClass[row];
      }
    }
    // Before they are divided by their sum, which would hide what is none.
    checkedProbabilities(x, this.features, probabilities);
    for (const { code } of models) {
      const ofClass = probabilities[code];
      for (let row = 0; row < ofClass.length; row++) {
        // Each model may be so sure that its probability is not a number above 0.
        ofClass[row] = sums[row] > 0 ? ofClass[row] / sums[row] : 1 / models.length;
      }
    }
    return probabilities;
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}
