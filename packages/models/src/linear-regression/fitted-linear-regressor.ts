import {
  type Attributions,
  checkedPredictions,
  exp,
  type FittedRegressor,
  type StateReader,
  type Table,
  type TableSchema,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { linearShap } from '../linear/linear-shap.js';
import { hasFiniteScores, type LinearTerm } from '../linear/linear-term.js';
import { combine } from '../linear/loss.js';
import { numericSchema } from '../numeric-schema.js';

export const REGRESSION_LINKS = ['identity', 'log'] as const;

/** The link function: the prediction is the linear score, or its exponential. */
export type LinearLink = (typeof REGRESSION_LINKS)[number];

export type LinearRegressorState = {
  readonly features: readonly string[];
  /** The coefficient of each feature, on the scale of the columns it was fitted on. */
  readonly coefficients: readonly number[];
  /** The intercept; 0 if none was fitted. */
  readonly intercept: number;
  readonly link: LinearLink;
  /** The mean of each feature in the training rows, by their weights. */
  readonly means: readonly number[];
  /** The standard deviation of each feature in the training rows, by their weights. */
  readonly deviations: readonly number[];
  /** The number of iterations; 0 for a closed-form solution. */
  readonly iterations: number;
  readonly converged: boolean;
};

/** A fitted linear regressor. */
export class FittedLinearRegressor implements FittedRegressor {
  readonly role = 'regressor';
  /**
   * Exact Shapley values of the predictions, assuming independent features; present only with the identity
   * link.
   */
  readonly attributions?: (x: Table) => Attributions;

  /** @param type the name of the class that fitted the model. */
  constructor(
    readonly type: string,
    readonly state: LinearRegressorState,
  ) {
    const { means, features, link } = state;
    if (link !== 'identity') return;
    const background = Object.fromEntries(features.map((name, j) => [name, means[j]]));
    this.attributions = (x) => ({
      unit: 'amount',
      outputs: linearShap(this, x, background).map(({ contributions, expectedValue }) => ({
        baseline: expectedValue,
        contributions,
      })),
    });
  }

  /**
   * @throws `model-file` if the state is not that of a linear regressor, or has a link that is not among
   * those given.
   */
  static restore(
    type: string,
    state: StateReader,
    links: readonly LinearLink[] = ['identity'],
  ): FittedLinearRegressor {
    const features = state.names('features');
    const { length } = features;
    const coefficients = state.numbers('coefficients', { length });
    const intercept = state.number('intercept');
    const areScoring = hasFiniteScores({ coefficients, intercept });
    state.expect(areScoring, 'coefficients', 'small enough for scores to be finite');
    return new FittedLinearRegressor(type, {
      features,
      coefficients,
      intercept,
      link: state.oneOf('link', links),
      means: state.numbers('means', { length }),
      deviations: state.numbers('deviations', { length, from: 0 }),
      iterations: state.integer('iterations', { from: 0 }),
      converged: state.boolean('converged'),
    });
  }

  get features(): readonly string[] {
    return this.state.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** The coefficient of each feature. */
  get coefficients(): readonly number[] {
    return this.state.coefficients;
  }

  get intercept(): number {
    return this.state.intercept;
  }

  /** The linear function of the model. */
  get terms(): readonly LinearTerm[] {
    return [this.state];
  }

  /** The linear scores `x_i·w + b`: the predictions, or, with the link `'log'`, their logarithms. */
  decisionFunction(x: Table): Float64Array {
    const { coefficients, intercept } = this.state;
    const columns = designMatrix(x, this.features);
    return combine(columns, coefficients, new Float64Array(x.nRows).fill(intercept));
  }

  /** @throws `invalid-data` if a value is missing or infinite, or a prediction would overflow. */
  predict(x: Table): Float64Array {
    const scores = this.decisionFunction(x);
    return checkedPredictions(x, this.features, this.state.link === 'log' ? scores.map(exp) : scores);
  }

  /** The share of each feature in the sum of absolute coefficients, each times the standard deviation of its feature. */
  importances(): Float64Array {
    const sizes = Float64Array.from(
      this.coefficients,
      (coefficient, j) => Math.abs(coefficient) * this.state.deviations[j],
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    return total > 0 ? sizes.map((size) => size / total) : sizes;
  }
}
