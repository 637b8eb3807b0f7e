import {
  booleanParameter,
  ChurnError,
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
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

/** The class of `ml-logistic-regression`, and the matrix class that it uses. */
export interface MlLogisticRegressionEngine<M = unknown> {
  /** The export of `ml-logistic-regression`. */
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
  /** The export of `ml-logistic-regression`, and the class `Matrix` of `ml-matrix`. */
  engine: engineParameter<MlLogisticRegressionEngine>(
    '{ LogisticRegression, Matrix }, the export of "ml-logistic-regression" and the class of "ml-matrix"',
    (engine) =>
      hasMethods(engine?.LogisticRegression, 'train', 'predict') &&
      hasMethods(engine.Matrix, 'mmul', 'transpose'),
  ),
  /** The number of steps of gradient descent, all of which are made. Default 1000. */
  numSteps: withDefault(integerParameter({ from: 1 }), 1000),
  /** The factor of the gradient, summed over the rows, in each step. Default 5e-4. */
  learningRate: withGrid(withDefault(numberParameter({ above: 0 }), 5e-4), [5e-4, 5e-3]),
  /** Whether to add an intercept, as a column of ones. Default true. */
  fitIntercept: withDefault(booleanParameter(), true),
};

export type MlLogisticRegressionOptions = OptionsOf<typeof parameters>;

/**
 * Logistic regression by `ml-logistic-regression`: plain gradient descent without a penalty, one class against the others. Only `fit` needs
 * the library; the fitted model is plain data and predicts without it.
 *
 * Unlike in the library, there is an intercept, positive coefficients are evidence for a class and not against it, and a class without rows
 * gets probability 0 (the library confuses the classes after it). As in the library, fitting stops after a fixed number of steps, whether
 * converged or not, and two classes take two models. Scale the columns first. Predicted classes are those of the library for a table with a
 * column of ones.
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

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedMlLogisticRegression {
    const classes = state.classes('classes');
    const features = state.names('features');
    const models = state.children('models').map((model) => {
      const term = {
        coefficients: model.numbers('coefficients', { length: features.length }),
        intercept: model.number('intercept'),
      };
      model.expect(hasFiniteScores(term), 'coefficients', 'small enough for scores to be finite');
      return { code: model.integer('code', { from: 0, to: classes.length - 1 }), ...term };
    });
    const areDistinct = firstRepeated(models.map(({ code }) => code)) === undefined;
    state.expect(models.length > 0 && areDistinct, 'models', 'one or more, each of a different class');
    return new FittedMlLogisticRegression({ classes, features, models });
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has missing or infinite values or differs in length
   * from `y`, or gradient descent diverges; `column-kind` if `x` has categories; `invalid-parameter` for sample weights.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedMlLogisticRegression {
    refuseWeights(options, 'ml-logistic-regression');
    const labels = classLabels(y, x);
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
          'MlLogisticRegression: the coefficients diverged; scale the columns or lower learningRate',
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
  /** One model per class with rows, against the others; `code` is the index of the class in `classes`. */
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

  /** The probabilities of the classes, each from its own model, divided by their sum. */
  predictProba(x: Table): ClassProbabilities {
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
    // Checked before the division by their sum, which would hide NaN.
    const checked = checkedProbabilities(x, this.features, probabilities);
    for (const { code } of models) {
      const ofClass = probabilities[code];
      for (let row = 0; row < ofClass.length; row++) {
        // All probabilities may underflow to 0.
        ofClass[row] = sums[row] > 0 ? ofClass[row] / sums[row] : 1 / models.length;
      }
    }
    return checked;
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}
