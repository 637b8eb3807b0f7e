import { minimiseL1Quadratic } from '../linear/l1-quadratic.js';
import { LazyGram } from '../linear/lazy-gram.js';
import { combine } from '../linear/loss.js';
import { dot } from '../linear/weighted-gram.js';
import type { CentredRows } from './centred-rows.js';

/** The strength of the penalty. */
export interface ElasticNetPenalty {
  readonly alpha: number;
  readonly l1Ratio: number;
  /** Whether coefficients are constrained to be non-negative. */
  readonly positive: boolean;
}

export interface ElasticNetOptions {
  /** The stopping tolerance: the duality gap, as a share of the objective at zero coefficients. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

export interface ElasticNetResult {
  readonly coefficients: Float64Array;
  /** The duality gap: an upper bound of the distance of the objective to its minimum. */
  readonly dualGap: number;
  /** The number of active sets solved for. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** Up to this many columns, all products are computed once; with more, only those that a solution needs. */
const MAX_WHOLE = 1000;

/**
 * The problem `min_w Σ v_i (y_i - x_i·w)² / (2 Σ v_i) + alpha l1Ratio Σ |w_j| + ½ alpha (1 - l1Ratio) Σ w_j²` of centred rows. Its
 * solutions for several penalties share the products of columns.
 *
 * Columns whose coefficients may be nonzero are solved for together, until no other column violates optimality.
 */
export class ElasticNetProblem {
  readonly #rows: CentredRows;
  #sharesOfRows: Float64Array | undefined;
  #gram: LazyGram | undefined;
  readonly #whole: Float64Array | undefined;
  /** The products of the columns with the target. */
  readonly #products: Float64Array;
  /** The mean square of the target. */
  readonly square: number;

  constructor(rows: CentredRows) {
    this.#rows = rows;
    this.square = rows.square / rows.totalWeight;
    const p = rows.given.length;
    if (p <= MAX_WHOLE && p <= rows.amounts.length) {
      const { gram, withAmounts } = rows.products;
      this.#whole = gram.map((product) => product / rows.totalWeight);
      this.#products = withAmounts.map((product) => product / rows.totalWeight);
    } else this.#products = this.#productsWith(rows.y);
  }

  /** Weights that add up to 1. */
  get #shares(): Float64Array {
    this.#sharesOfRows ??= this.#rows.weights.map((weight) => weight / this.#rows.totalWeight);
    return this.#sharesOfRows;
  }

  /** The smallest `alpha` with which all coefficients are 0. */
  alphaMax(l1Ratio: number, positive = false): number {
    const pulls = positive ? this.#products : this.#products.map(Math.abs);
    return pulls.reduce((most, pull) => Math.max(most, pull), 0) / l1Ratio;
  }

  /** @param start where to start, such as the solution for a stronger penalty. */
  solve(
    penalty: ElasticNetPenalty,
    { tolerance, maxIterations }: ElasticNetOptions,
    start: Float64Array = new Float64Array(this.#products.length),
  ): ElasticNetResult {
    const { positive } = penalty;
    const l1 = penalty.alpha * penalty.l1Ratio;
    const l2 = penalty.alpha * (1 - penalty.l1Ratio);
    let coefficients: Float64Array = start.slice();
    const working = new Set<number>();
    for (let iterations = 0; ; iterations++) {
      const gradient = this.#gradient(coefficients);
      const dualGap = this.#dualGap(coefficients, gradient, penalty);
      const before = working.size;
      gradient.forEach((slope, j) => {
        const pull = positive ? -slope : Math.abs(slope);
        if (coefficients[j] !== 0 || pull > l1) working.add(j);
      });
      const isOptimal = iterations > 0 && working.size === before;
      if (isOptimal || iterations >= maxIterations) {
        const converged = dualGap <= tolerance * this.square;
        return { coefficients, dualGap, iterations, converged };
      }
      coefficients = this.#minimum([...working], coefficients, gradient, l1, l2, positive);
    }
  }

  /** The minimum over some of the coefficients, with the others at 0. */
  #minimum(
    columns: readonly number[],
    from: Float64Array,
    slopes: Float64Array,
    l1: number,
    l2: number,
    positive: boolean,
  ): Float64Array {
    const m = columns.length;
    const hessian = this.#gramOf(columns);
    for (let a = 0; a < m; a++) hessian[a * m + a] += l2;
    const u = minimiseL1Quadratic({
      hessian,
      gradient: Float64Array.from(columns, (j) => slopes[j] + l2 * from[j]),
      at: Float64Array.from(columns, (j) => from[j]),
      lambda: new Float64Array(m).fill(l1),
      positive,
    });
    const result = new Float64Array(from.length);
    columns.forEach((j, a) => {
      result[j] = u[a];
    });
    return result;
  }

  #gramOf(columns: readonly number[]): Float64Array {
    const whole = this.#whole;
    if (!whole) {
      this.#gram ??= new LazyGram(this.#rows.columns);
      return this.#gram.at(this.#shares, columns, 0);
    }
    const [m, p] = [columns.length, this.#products.length];
    const gram = new Float64Array(m * m);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b < m; b++) gram[a * m + b] = whole[columns[a] * p + columns[b]];
    }
    return gram;
  }

  /** The gradient of half the mean squared error. */
  #gradient(w: Float64Array): Float64Array {
    const whole = this.#whole;
    const p = w.length;
    if (!whole) return this.#productsWith(this.#residual(w)).map((value) => -value);
    const gradient = this.#products.map((value) => -value);
    for (let j = 0; j < p; j++) {
      if (w[j] !== 0) for (let k = 0; k < p; k++) gradient[k] += w[j] * whole[j * p + k];
    }
    return gradient;
  }

  #residual(w: Float64Array): Float64Array {
    const { columns, y } = this.#rows;
    const fitted = combine(columns, w, new Float64Array(y.length));
    return y.map((value, i) => value - fitted[i]);
  }

  #productsWith(values: Float64Array): Float64Array {
    const shares = this.#shares;
    const weighted = values.map((value, i) => shares[i] * value);
    return Float64Array.from(this.#rows.columns, (column) => dot(column, weighted));
  }

  /**
   * The objective minus the dual objective, whose point is the residual, shrunk until no column exceeds its penalty. The squared penalty is
   * treated as additional rows.
   */
  #dualGap(w: Float64Array, gradient: Float64Array, { alpha, l1Ratio, positive }: ElasticNetPenalty): number {
    const [l1, l2] = [alpha * l1Ratio, alpha * (1 - l1Ratio)];
    let [sum, square, along, product, most] = [0, 0, 0, 0, 0];
    for (let j = 0; j < w.length; j++) {
      sum += Math.abs(w[j]);
      square += w[j] * w[j];
      along += w[j] * gradient[j];
      product += w[j] * this.#products[j];
      const slope = gradient[j] + l2 * w[j];
      most = Math.max(most, positive ? -slope : Math.abs(slope));
    }
    // The mean square of the residual, and its product with the target.
    const left = Math.max(this.square - product + along, 0);
    const withAmounts = this.square - product;
    // Without an absolute penalty, only rounding or sign constraints prevent using the residual itself.
    const scale = l1 > 0 && most > l1 ? l1 / most : 1;
    const primal = 0.5 * left + l1 * sum + 0.5 * l2 * square;
    const dual = scale * withAmounts - 0.5 * scale * scale * (left + l2 * square);
    return Math.max(primal - dual, 0);
  }
}
