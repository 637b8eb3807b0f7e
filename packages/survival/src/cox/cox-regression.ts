import {
  callback,
  type DurationsLike,
  type FitOptions,
  integerParameter,
  listOf,
  numberParameter,
  type OptionsOf,
  oneOf,
  readOptions,
  requireParameter,
  type SettingsOf,
  type StateReader,
  type SurvivalModel,
  type Table,
  textParameter,
  withDefault,
  withGrid,
} from '@churn/core';
import { factorSymmetric } from '@churn/models';
import { baselineHazards } from './baseline-hazards.js';
import { concordanceWithinStrata } from './concordance-within-strata.js';
import { type CoxProblem, coxProblem } from './cox-problem.js';
import { FittedCoxRegression } from './fitted-cox-regression.js';
import { type CoxMinimum, minimiseCox } from './minimise-cox.js';
import { TIES } from './partial-likelihood.js';

const parameters = {
  /** The strength of the penalty, at least 0. Default 0, no penalty. */
  alpha: withGrid(withDefault(numberParameter({ from: 0 }), 0), [0, 0.001, 0.01, 0.1]),
  /** The share of l1 in the penalty, from 0, all l2 (default), to 1; l1 makes some coefficients exactly zero. */
  l1Ratio: withDefault(numberParameter({ from: 0, to: 1 }), 0),
  /** How tied event times are handled: `'efron'` (default), closer to the exact likelihood, or `'breslow'`. */
  ties: withDefault(oneOf(TIES), 'efron'),
  /** Columns of any kind whose values define strata, each with its own baseline hazard; they have no coefficients. Default none. */
  strata: withDefault(listOf(textParameter()), []),
  /**
   * The stopping tolerance: the largest entry of the objective's subgradient, relative to that of the loss at zero coefficients. Default
   * 1e-8.
   */
  tolerance: withDefault(numberParameter({ above: 0, below: 1 }), 1e-8),
  /** The maximum number of Newton steps. Default 100. */
  maxIterations: withDefault(integerParameter({ from: 1 }), 100),
  /** Called with a message if the fit stopped before it converged. */
  onWarning: callback<(message: string) => void>(),
};

export type CoxRegressionOptions = OptionsOf<typeof parameters>;

/**
 * Cox's proportional hazards regression (Cox, 1972): the hazard of a row is a baseline hazard times `exp(Σ_j b_j x_j)`.
 *
 * Minimises `-log L(b) / Σ v_i + alpha (l1Ratio Σ |b_j| + ½ (1 - l1Ratio) Σ b_j²)`, with L the partial likelihood by Efron's or Breslow's
 * approximation of ties and v the weights of rows; up to the standardisation of columns this is the objective of lifelines, of
 * scikit-survival's `CoxnetSurvivalAnalysis` and of glmnet. Scale the columns first; otherwise the penalty depends on their units. Rows
 * with `entry` count from then on (left truncation). A row of weight 2 counts as two equal rows, though under Efron's ties not as two
 * events that tie with each other, as in `coxph` of R.
 *
 * ```ts
 * const model = new CoxRegression({ strata: ['plan'] }).fit(x, { durations, events });
 * model.summary().coefficients[0]?.hazardRatio;
 * const [after30, after90] = model.predictSurvival(x, [30, 90]);
 * ```
 */
export class CoxRegression implements SurvivalModel<FittedCoxRegression> {
  readonly role = 'survival';
  static readonly type = 'CoxRegression';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: CoxRegressionOptions) {
    this.options = readOptions(parameters, options);
    const { strata } = this.options;
    requireParameter(new Set(strata).size === strata.length, 'strata', 'names of columns, each once', strata);
  }

  /** @throws `model-file` if the state is not one of a Cox regression. */
  static restore(state: StateReader): FittedCoxRegression {
    return FittedCoxRegression.restore(state);
  }

  /**
   * @throws `invalid-target` if `y` is not a survival target, or no row of weight has an event; `column-name` if a column of the strata
   * is not there; `column-kind` if another one holds categories; `invalid-data` if `x` has missing or infinite values, or differs in
   * length from `y`, and where, without a penalty, a column is constant or a linear combination of others among the rows at risk, or
   * separates the events completely, so that its coefficient is undetermined or infinite.
   */
  fit(x: Table, y: DurationsLike, options?: FitOptions): FittedCoxRegression {
    return this.fitMany(x, y, [this], options)[0];
  }

  /**
   * Fits several specifications. Those that differ only in `alpha` are fitted from strong to weak penalties with warm starts.
   * @throws the errors of `fit`.
   */
  fitMany(
    x: Table,
    y: DurationsLike,
    specifications: readonly CoxRegression[],
    options?: FitOptions,
  ): FittedCoxRegression[] {
    const fitted = new Array<FittedCoxRegression>(specifications.length);
    const problems = new Map<string, CoxProblem>();
    const starts = new Map<string, Float64Array>();
    const byStrength = Array.from(specifications.keys()).sort(
      (a, b) => specifications[b].options.alpha - specifications[a].options.alpha,
    );
    for (const i of byStrength) {
      const { strata, ties, l1Ratio } = specifications[i].options;
      const key = JSON.stringify([strata, ties]);
      const problem = problems.get(key) ?? coxProblem(x, y, { strata, ties }, options);
      problems.set(key, problem);
      const path = JSON.stringify([key, l1Ratio]);
      const result = minimiseCox(problem, specifications[i].options, starts.get(path));
      starts.set(path, result.weights);
      specifications[i].#warn(result);
      fitted[i] = specifications[i].#fitted(problem, result);
    }
    return fitted;
  }

  #warn({ converged, iterations, residual }: CoxMinimum): void {
    const { maxIterations, tolerance, onWarning } = this.options;
    if (converged) return;
    onWarning?.(
      `CoxRegression stopped after ${iterations} of at most ${maxIterations} steps, with a residual of ` +
        `${residual.toExponential(1)} instead of ${tolerance.toExponential(1)}`,
    );
  }

  #fitted(
    problem: CoxProblem,
    { weights, information, iterations, converged }: CoxMinimum,
  ): FittedCoxRegression {
    const { covariates, strataSchema, means, scales, likelihood, y } = problem;
    const { alpha, ties } = this.options;
    const scores = likelihood.scores(weights);
    return new FittedCoxRegression(
      {
        covariates,
        strata: strataSchema,
        coefficients: Array.from(weights, (weight, j) => weight / scales[j]),
        means,
        covariance: information ? covarianceOf(scales, information) : null,
        isPenalized: alpha > 0,
        ties,
        logLikelihood: likelihood.logLikelihood(scores),
        nullLogLikelihood: problem.nullLogLikelihood,
        concordance: concordanceWithinStrata(problem.riskSets, scores, problem.weights) ?? null,
        nRows: y.length,
        nEvents: y.events.reduce((sum, event) => sum + event, 0),
        iterations,
        converged,
      },
      baselineHazards(problem, scores),
    );
  }
}

/** The inverse of the information matrix, on the scale of the columns. */
function covarianceOf(scales: readonly number[], information: Float64Array): number[][] {
  const solve = factorSymmetric(information, scales.length);
  return scales.map((scale, j) => {
    const column = solve(Float64Array.from(scales, (_, k) => (k === j ? 1 : 0)));
    return Array.from(column, (value, k) => value / scale / scales[k]);
  });
}
