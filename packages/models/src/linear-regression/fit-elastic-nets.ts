import { booleanParameter, callback, integerParameter, numberParameter, withDefault } from '@churn/core';
import { CentredRows, type CheckedRows, checkedRows, type GivenRows } from './centred-rows.js';
import {
  type ElasticNetOptions,
  type ElasticNetPenalty,
  ElasticNetProblem,
  type ElasticNetResult,
} from './elastic-net-problem.js';
import type { FittedLinearRegressor } from './fitted-linear-regressor.js';
import { LeastSquares } from './least-squares.js';
import { fittedLinear } from './linear-fit.js';

/** The parameters shared by `Lasso` and `ElasticNet` besides `alpha` and `fitIntercept`. */
// @__NO_SIDE_EFFECTS__
export function descentParameters() {
  return {
    /** Whether coefficients are constrained to be non-negative. Default false. */
    positive: withDefault(booleanParameter(), false),
    /** The stopping tolerance: the duality gap, as a share of the objective at zero coefficients. Default 1e-10. */
    tolerance: withDefault(numberParameter({ above: 0, below: 1 }), 1e-10),
    /** The maximum number of active sets solved for. Default 1000. */
    maxIterations: withDefault(integerParameter({ from: 1 }), 1000),
    /** Called with a message if the fit stopped before it converged. */
    onWarning: callback<(message: string) => void>(),
  };
}

/** One of several specifications. */
export interface ElasticNetSettings extends ElasticNetPenalty, ElasticNetOptions {
  readonly fitIntercept: boolean;
  readonly onWarning: ((message: string) => void) | undefined;
}

/** Rows centred once for all specifications with the same `fitIntercept`. */
export class ElasticNetRows {
  readonly rows: CentredRows;
  #problem: ElasticNetProblem | undefined;
  #squares: LeastSquares | undefined;

  constructor(checked: CheckedRows, fitIntercept: boolean) {
    this.rows = new CentredRows(checked, fitIntercept);
  }

  get problem(): ElasticNetProblem {
    this.#problem ??= new ElasticNetProblem(this.rows);
    return this.#problem;
  }

  /** The solution for a penalty; without an absolute penalty it has a closed form. */
  solve(penalty: ElasticNetPenalty, options: ElasticNetOptions, start?: Float64Array): ElasticNetResult {
    if (penalty.alpha * penalty.l1Ratio > 0 || penalty.positive) {
      return this.problem.solve(penalty, options, start);
    }
    this.#squares ??= new LeastSquares(this.rows);
    const { totalWeight, weightUnit } = this.rows;
    const coefficients = this.#squares.solve(penalty.alpha * totalWeight * weightUnit);
    return { coefficients, dualGap: 0, iterations: 0, converged: true };
  }
}

/**
 * Fits several specifications. Those that differ only in `alpha` are fitted in descending order with warm starts; those with the same
 * `fitIntercept` share the products of columns.
 */
export function fitElasticNets(
  type: string,
  given: GivenRows,
  specifications: readonly ElasticNetSettings[],
): FittedLinearRegressor[] {
  const checked = checkedRows(given);
  const shared = new Map<boolean, ElasticNetRows>();
  const starts = new Map<string, Float64Array>();
  const fitted = new Array<FittedLinearRegressor>(specifications.length);
  const byStrength = [...specifications.keys()].sort(
    (a, b) => specifications[b].alpha - specifications[a].alpha,
  );
  for (const i of byStrength) {
    const settings = specifications[i];
    const { fitIntercept, l1Ratio, positive } = settings;
    const own = shared.get(fitIntercept) ?? new ElasticNetRows(checked, fitIntercept);
    shared.set(fitIntercept, own);
    const path = JSON.stringify([fitIntercept, l1Ratio, positive]);
    const result = own.solve(settings, settings, starts.get(path));
    starts.set(path, result.coefficients);
    if (!result.converged) warn(type, settings, result, own.problem.square);
    fitted[i] = fittedLinear(type, own.rows, result);
  }
  return fitted;
}

function warn(
  type: string,
  { tolerance, maxIterations, onWarning }: ElasticNetSettings,
  { iterations, dualGap }: ElasticNetResult,
  square: number,
): void {
  onWarning?.(
    `${type} stopped after ${iterations} of at most ${maxIterations} iterations, with a duality gap of ` +
      `${(dualGap / square).toExponential(1)} instead of ${tolerance.toExponential(1)}`,
  );
}
