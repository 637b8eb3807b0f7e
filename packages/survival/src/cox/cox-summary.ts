import {
  exp,
  normalCdf,
  normalQuantile,
  numberParameter,
  type OptionsOf,
  readOptions,
  withDefault,
} from '@churn/core';
import { chiSquareTail } from '../chi-square.js';
import type { CoxRegressionState } from './fitted-cox-regression.js';

const parameters = {
  /** The share of intervals that hold the coefficient, between 0 and 1. Default 0.95. */
  confidence: withDefault(numberParameter({ above: 0, below: 1 }), 0.95),
};

export type CoxSummaryOptions = OptionsOf<typeof parameters>;

/** The statistics of a coefficient. With an l1 penalty, the standard error and what follows from it are `NaN`. */
export interface CoxCoefficient {
  readonly covariate: string;
  readonly coefficient: number;
  /** The root of its variance in the inverse of the information matrix, to which an l2 penalty adds. */
  readonly standardError: number;
  /** Coefficient by standard error (Wald). */
  readonly z: number;
  /** The two-sided p-value of `z`. */
  readonly pValue: number;
  /** The interval of the coefficient. */
  readonly interval: readonly [lower: number, upper: number];
  /** The hazard ratio per unit of the covariate. */
  readonly hazardRatio: number;
  readonly hazardRatioInterval: readonly [lower: number, upper: number];
}

/** Of a test whose statistic has a chi-square distribution. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

/** The summary of a fitted Cox regression. */
export interface CoxSummary {
  readonly coefficients: readonly CoxCoefficient[];
  readonly nRows: number;
  readonly nEvents: number;
  /** The logarithm of the partial likelihood, without the penalty. */
  readonly logLikelihood: number;
  /** Of all coefficients against none; not there with a penalty, under which the statistic has another distribution. */
  readonly likelihoodRatioTest: ChiSquareTest | undefined;
  /** Of the training rows, within strata; not there where no two of them can be compared. */
  readonly concordance: number | undefined;
}

export function coxSummary(
  state: Omit<CoxRegressionState, 'baselines'>,
  options?: CoxSummaryOptions,
): CoxSummary {
  const { confidence } = readOptions(parameters, options);
  const width = -normalQuantile((1 - confidence) / 2);
  const { logLikelihood, nullLogLikelihood, coefficients, covariance } = state;
  const statistic = Math.max(0, 2 * (logLikelihood - nullLogLikelihood));
  const degreesOfFreedom = coefficients.length;
  return {
    coefficients: coefficients.map((coefficient, j) => {
      const standardError = covariance ? Math.sqrt(covariance[j][j]) : NaN;
      const z = coefficient / standardError;
      const interval = [coefficient - width * standardError, coefficient + width * standardError] as const;
      return {
        covariate: state.covariates[j],
        coefficient,
        standardError,
        z,
        pValue: 2 * normalCdf(-Math.abs(z)),
        interval,
        hazardRatio: exp(coefficient),
        hazardRatioInterval: [exp(interval[0]), exp(interval[1])],
      };
    }),
    nRows: state.nRows,
    nEvents: state.nEvents,
    logLikelihood,
    likelihoodRatioTest: state.isPenalized
      ? undefined
      : { statistic, degreesOfFreedom, pValue: chiSquareTail(statistic, degreesOfFreedom) },
    concordance: state.concordance ?? undefined,
  };
}
