import {
  booleanParameter,
  exp,
  type FitOptions,
  integerParameter,
  listOf,
  log,
  numberParameter,
  type OptionsOf,
  readOptions,
  requireParameter,
  type Table,
  type TargetValuesLike,
  withDefault,
} from '@churn/core';
import { dot } from '../linear/weighted-gram.js';
import { checkedRows } from './centred-rows.js';
import { descentParameters, ElasticNetRows } from './fit-elastic-nets.js';
import { fitInterceptParameter } from './linear-parameters.js';

const { tolerance, maxIterations } = descentParameters();

const parameters = {
  /** The share of the absolute penalty, from 0 to 1; above 0 if no `alphas` are given. Default 0.5. */
  l1Ratio: withDefault(numberParameter({ from: 0, to: 1 }), 0.5),
  /** The number of values of `alpha`, at least 1. Default 100. */
  nAlphas: withDefault(integerParameter({ from: 1 }), 100),
  /** The smallest `alpha`, as a share of the largest. Default 1e-3. */
  eps: withDefault(numberParameter({ above: 0, below: 1 }), 1e-3),
  /** The values of `alpha`, instead of `nAlphas` and `eps`. */
  alphas: listOf(numberParameter({ from: 0 })),
  /** Whether to add an intercept. Default true. */
  fitIntercept: fitInterceptParameter(),
  /** Whether coefficients are constrained to be non-negative. Default false. */
  positive: withDefault(booleanParameter(), false),
  tolerance,
  maxIterations,
};

export type ElasticNetPathOptions = OptionsOf<typeof parameters>;

/** The solutions of `ElasticNet` for decreasing values of `alpha`; all lists are in this order. */
export interface ElasticNetPath {
  readonly features: readonly string[];
  /** In descending order. */
  readonly alphas: readonly number[];
  /** For each `alpha` one number per feature. */
  readonly coefficients: readonly Float64Array[];
  readonly intercepts: readonly number[];
  /** The duality gap of each solution: an upper bound of its distance to the optimum. */
  readonly dualGaps: readonly number[];
}

/**
 * The elastic net path: solutions for decreasing values of `alpha`, each with a warm start from the previous one. By default the values
 * decrease geometrically from the smallest one with which all coefficients are 0, as in scikit-learn's `enet_path`.
 *
 * ```ts
 * const { alphas, coefficients } = elasticNetPath(x, y, { l1Ratio: 0.9 });
 * ```
 *
 * @throws `invalid-parameter`, naming the parameter; `invalid-target` and `invalid-data` as `ElasticNet.fit` does.
 */
export function elasticNetPath(
  x: Table,
  y: TargetValuesLike,
  options?: ElasticNetPathOptions,
  fitOptions?: FitOptions,
): ElasticNetPath {
  const settings = readOptions(parameters, options);
  const { l1Ratio, nAlphas, eps, fitIntercept, positive } = settings;
  const needed = settings.alphas !== undefined || l1Ratio > 0;
  requireParameter(needed, 'l1Ratio', 'a number above 0 if no alphas are given', l1Ratio);
  const problem = new ElasticNetRows(checkedRows({ x, y, options: fitOptions }), fitIntercept);
  const alphas = settings.alphas
    ? [...settings.alphas].sort((a, b) => b - a)
    : falling(problem.problem.alphaMax(l1Ratio, positive), eps, nAlphas);
  let start: Float64Array | undefined;
  const results = alphas.map((alpha) => {
    const result = problem.solve({ alpha, l1Ratio, positive }, settings, start);
    start = result.coefficients;
    return result;
  });
  const { features, means, yMean } = problem.rows;
  const centres = Float64Array.from(means);
  return {
    features,
    alphas,
    coefficients: results.map(({ coefficients }) => coefficients),
    intercepts: results.map(({ coefficients }) => (fitIntercept ? yMean - dot(coefficients, centres) : 0)),
    dualGaps: results.map(({ dualGap }) => dualGap),
  };
}

function falling(largest: number, eps: number, count: number): number[] {
  const step = count > 1 ? log(eps) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => largest * exp(step * i));
}
