import {
  ChurnError,
  callback,
  exp,
  integerParameter,
  log,
  numberParameter,
  square,
  TargetValues,
  withDefault,
} from '@churn/core';
import { proximalNewton } from '../linear/proximal-newton.js';
import { sampledNewton } from '../linear/sampled-newton.js';
import { TallRows, tweedie } from '../linear/tall-rows.js';
import { CentredRows, checkedRows, type GivenRows } from './centred-rows.js';
import type { FittedLinearRegressor, LinearLink } from './fitted-linear-regressor.js';
import { LeastSquares } from './least-squares.js';
import { fittedLinear, type LinearFit } from './linear-fit.js';
import { TweedieLoss } from './tweedie-loss.js';

/** The parameters shared by deviance regressions besides `alpha` and `fitIntercept`. */
// @__NO_SIDE_EFFECTS__
export function newtonParameters() {
  return {
    /**
     * The stopping tolerance: the largest entry of the objective's gradient, relative to the root mean square of its terms at zero
     * coefficients. Default 1e-12.
     */
    tolerance: withDefault(numberParameter({ above: 0, below: 1 }), 1e-12),
    /** The maximum number of Newton steps. Default 100. */
    maxIterations: withDefault(integerParameter({ from: 1 }), 100),
    /** Called with a message if the fit stopped before it converged. */
    onWarning: callback<(message: string) => void>(),
  };
}

export interface TweedieSettings {
  /** 0, or at least 1. */
  readonly power: number;
  /** The identity only for power 0. */
  readonly link: LinearLink;
  readonly alpha: number;
  readonly fitIntercept: boolean;
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly onWarning: ((message: string) => void) | undefined;
}

/**
 * Minimises `Σ v_i d(y_i, mu_i) / (2 Σ v_i) + ½ alpha Σ w_j²`, with `d` the Tweedie deviance, by Newton steps with a line search.
 *
 * @throws `invalid-target` if a target value is below the range of the power, naming the row, or their mean is not above 0.
 */
export function fitTweedie(type: string, given: GivenRows, settings: TweedieSettings): FittedLinearRegressor {
  const y = TargetValues.from(given.y);
  refuseAmounts(y, settings);
  const rows = new CentredRows(checkedRows({ ...given, y }), settings.fitIntercept);
  if (settings.link === 'log') return fittedLinear(type, rows, byNewton(type, rows, settings));
  const penalty = settings.alpha * rows.totalWeight * rows.weightUnit;
  const coefficients = new LeastSquares(rows).solve(penalty);
  return fittedLinear(type, rows, { coefficients, iterations: 0, converged: true });
}

function refuseAmounts({ values }: TargetValues, { power }: TweedieSettings): void {
  if (power === 0) return;
  let row = 0;
  while (row < values.length && (power >= 2 ? values[row] > 0 : values[row] >= 0)) row++;
  if (row === values.length) return;
  const expected = power >= 2 ? 'a target value above 0' : 'a target value of at least 0';
  throw new ChurnError('invalid-target', `row ${row}: expected ${expected}, got ${values[row]}`);
}

function byNewton(type: string, rows: CentredRows, settings: TweedieSettings): LinearFit {
  const { power, alpha, fitIntercept, tolerance, maxIterations, onWarning } = settings;
  if (!(rows.yMean > 0)) {
    throw new ChurnError(
      'invalid-target',
      `expected target values with a mean above 0, got a mean of ${rows.yMean}`,
    );
  }
  // Columns are scaled to the same size, with a separate penalty for each coefficient; the optimum is the same.
  const { given, centres, amounts: y, weights, means, deviations } = rows;
  const n = y.length;
  const sizes = fitIntercept
    ? deviations
    : deviations.map((deviation, j) => Math.sqrt(square(deviation) + square(means[j])));
  const factors = sizes.map((size) => (size > 0 ? 1 / size : 0));
  const l2 = sizes.map((size) => (size > 0 ? alpha / size / size : 1));
  if (fitIntercept) l2.push(0);
  const offset = fitIntercept ? log(rows.yMean) : 0;
  const parts = { hasIntercept: fitIntercept, offset, y, weights };
  const standardisation = { centres, factors };
  const scale = gradientScale(rows, offset, power);
  const problem = { C: 1 / rows.totalWeight, l1: new Float64Array(l2.length), l2: Float64Array.from(l2) };
  const options = { start: new Float64Array(l2.length), tolerance, maxIterations, scale };
  const isConvex = power >= 1 && power <= 2;
  const ofTallRows =
    isConvex && TallRows.suits(n, l2.length)
      ? closing(new TallRows(tweedie(power), { columns: given, standardisation, ...parts }), (tall) =>
          sampledNewton({ rows: tall, ...problem }, options),
        )
      : undefined;
  const ofAllRows = () => {
    const columns = given.map((column, j) => standardised(column, centres[j], factors[j]));
    if (fitIntercept) columns.push(new Float64Array(n).fill(1));
    return proximalNewton(
      { loss: new TweedieLoss(power, { columns, y, weights, offset }), ...problem },
      options,
    );
  };
  const { weights: found, ...result } = ofTallRows ?? ofAllRows();
  if (!result.converged) {
    onWarning?.(
      `${type} stopped after ${result.iterations} of at most ${maxIterations} steps, with a residual of ` +
        `${result.residual.toExponential(1)} instead of ${tolerance.toExponential(1)}`,
    );
  }
  return {
    ...result,
    coefficients: Float64Array.from(sizes, (size, j) => (size > 0 ? found[j] / size : 0)),
    offset: fitIntercept ? offset + found[sizes.length] : 0,
    link: 'log',
  };
}

function closing<Result>(rows: TallRows, use: (rows: TallRows) => Result): Result {
  try {
    return use(rows);
  } finally {
    rows.close();
  }
}

function standardised(values: Float64Array, centre: number, factor: number): Float64Array {
  const result = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = factor * (values[i] - centre);
  return result;
}

/**
 * The root mean square of the terms of the gradient at zero coefficients, which bounds each of its entries, since columns are scaled to a
 * root mean square of 1.
 */
function gradientScale(
  { square: squares, totalWeight, yMean, fitIntercept }: CentredRows,
  offset: number,
  power: number,
): number {
  const mean = exp(offset);
  const meanSquare = squares / totalWeight + (fitIntercept ? 0 : mean * (mean - 2 * yMean));
  return exp((1 - power) * offset) * Math.sqrt(Math.max(meanSquare, 0)) || 1;
}
