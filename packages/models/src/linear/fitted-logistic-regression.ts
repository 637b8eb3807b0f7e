import {
  type Attributions,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  isNumber,
  isNumberOrNull,
  likeliest,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { designMatrix } from '../design-matrix.js';
import { numericSchema } from '../numeric-schema.js';
import { linearShap } from './linear-shap.js';
import { hasFiniteScores, type LinearTerm } from './linear-term.js';
import { combine } from './loss.js';

type FitRecord = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The number of Newton steps. */
  readonly iterations: number;
  readonly converged: boolean;
  /** The mean of each feature in the training rows, by their weights; model files of the first version lack it. */
  readonly means?: readonly number[];
};

/** The state for two classes. */
export type LogisticRegressionState = FitRecord & {
  /** The coefficient of each feature, on the scale of the columns it was fitted on. */
  readonly coefficients: readonly number[];
  readonly intercept: number;
};

/** The state for more than two classes. */
export type MultinomialRegressionState = FitRecord & {
  /** For each class the coefficient of each feature. */
  readonly classCoefficients: readonly (readonly number[])[];
  /** The intercept of each class; `null` for a class without rows, which gets probability 0. */
  readonly intercepts: readonly (number | null)[];
};

/** A fitted logistic regression. */
export class FittedLogisticRegression implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'LogisticRegression';
  /** Exact Shapley values of the raw scores, assuming independent features; present only if the training means are known. */
  readonly attributions?: (x: Table) => Attributions;

  constructor(readonly state: LogisticRegressionState | MultinomialRegressionState) {
    const { means, features } = state;
    if (!means) return;
    const background = Object.fromEntries(features.map((name, j) => [name, means[j]]));
    this.attributions = (x) => ({
      unit: 'log-odds',
      outputs: linearShap(this, x, background).map(({ contributions, expectedValue }) => ({
        baseline: expectedValue,
        contributions,
      })),
    });
  }

  /** @throws `model-file` if the state is not one of a logistic regression. */
  static restore(state: StateReader): FittedLogisticRegression {
    const features = state.names('features');
    const fit = {
      classes: state.classes('classes'),
      features,
      iterations: state.integer('iterations', { from: 0 }),
      converged: state.boolean('converged'),
    };
    const means = state.has('means') && { means: state.numbers('means', { length: features.length }) };
    const { classes } = fit;
    if (!state.has('classCoefficients')) {
      state.expect(classes.length === 2, 'classes', 'two, or more with "classCoefficients"');
      const coefficients = state.numbers('coefficients', { length: features.length });
      const intercept = state.number('intercept');
      const areScoring = hasFiniteScores({ coefficients, intercept });
      state.expect(areScoring, 'coefficients', 'small enough for scores to be finite');
      return new FittedLogisticRegression({ ...fit, coefficients, intercept, ...means });
    }
    state.expect(classes.length > 2, 'classes', 'more than two with "classCoefficients"');
    const classCoefficients = state.list('classCoefficients', isNumberList);
    const intercepts = state.list('intercepts', isNumberOrNull);
    const haveRows = intercepts.filter((intercept) => intercept !== null).length;
    state.expect(
      intercepts.length === classes.length && haveRows >= 2,
      'intercepts',
      'one per class, null for those without rows, of which at least two are none',
    );
    const isOneEach =
      classCoefficients.length === classes.length &&
      classCoefficients.every((row) => row.length === features.length);
    state.expect(isOneEach, 'classCoefficients', 'for each class one number per feature');
    const areScoring = classCoefficients.every((coefficients, c) =>
      hasFiniteScores({ coefficients, intercept: intercepts[c] ?? 0 }),
    );
    state.expect(areScoring, 'classCoefficients', 'small enough for scores to be finite');
    return new FittedLogisticRegression({ ...fit, classCoefficients, intercepts, ...means });
  }

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return this.state.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** The linear functions of the model: one for two classes, whose value is the log-odds of the second; otherwise one per class. */
  get terms(): readonly [LinearTerm, ...LinearTerm[]] {
    const { state } = this;
    if ('coefficients' in state) return [state];
    const [first, ...others] = state.classCoefficients.map((coefficients, c) => ({
      coefficients,
      intercept: state.intercepts[c] ?? -Infinity,
    }));
    return [first, ...others];
  }

  /**
   * The raw scores `x_i·w + b`, one array per term: for two classes one, the log-odds of the second; for more, one per class, whose
   * softmax is the probability. A class without rows has minus infinity.
   */
  decisionFunction(x: Table): Float64Array[] {
    const columns = designMatrix(x, this.features);
    return this.terms.map(({ coefficients, intercept }) =>
      combine(columns, coefficients, new Float64Array(x.nRows).fill(intercept)),
    );
  }

  predictProba(x: Table): ClassProbabilities {
    return checkedProbabilities(x, this.features, classProbabilities(this.decisionFunction(x)));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }
}

function isNumberList(value: unknown): value is number[] {
  return Array.isArray(value) && value.every(isNumber);
}
