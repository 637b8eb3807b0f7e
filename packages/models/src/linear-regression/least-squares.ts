import { addScaled, combine } from '../linear/loss.js';
import { factorDefinite } from '../linear/solve.js';
import { dot, weightedGram } from '../linear/weighted-gram.js';
import type { CentredRows } from './centred-rows.js';
import { minimumNorm } from './minimum-norm.js';

/** If pivots are above this share of their diagonal entries, the solution is accurate enough for refinement to correct it. */
const DEFINITE = 1e-9;
/** Above this share, which means that no column is nearly dependent on others, refinement would only change the last digits. */
const WELL_CONDITIONED = 1e-3;
/** The number of refinement steps: with such pivots, one step reduces the error to that of the data. */
const REFINEMENTS = 1;

/**
 * The problem `min_w Σ v_i (y_i - x_i·w)² + alpha Σ w_j²` of centred rows. The equations of several `alpha` share one Gram matrix.
 *
 * If the Gram matrix (of the columns or of the rows, whichever are fewer) is clearly positive definite, the solution is computed by a
 * Cholesky decomposition with a step of iterative refinement unless it is well conditioned; otherwise by `minimumNorm`, which does not
 * square the condition number.
 */
export class LeastSquares {
  readonly #rows: CentredRows;
  readonly #isWide: boolean;
  #gram: Float64Array | undefined;
  #scaledRows: Float64Array[] | undefined;

  constructor(rows: CentredRows) {
    this.#rows = rows;
    this.#isWide = rows.given.length > rows.amounts.length;
  }

  /** The coefficients; those of minimum norm if several fit equally well, as with dependent columns and `alpha` 0. */
  solve(alpha: number): Float64Array {
    if (this.#rows.given.length === 0) return new Float64Array(0);
    const penalty = alpha / this.#rows.weightUnit;
    const solution = this.#isWide ? this.#byRows(penalty) : this.#byColumns(penalty);
    return solution ?? minimumNorm(this.#rows, penalty);
  }

  #byColumns(alpha: number): Float64Array | undefined {
    const { gram, withAmounts } = this.#rows.products;
    const p = withAmounts.length;
    const matrix = withDiagonal(gram, p, alpha);
    const isGood = factorDefinite(matrix, p, WELL_CONDITIONED);
    const solve = isGood ?? factorDefinite(matrix, p, DEFINITE);
    if (!solve) return undefined;
    const w = solve(withAmounts);
    return isGood ? w : this.#refined(w, alpha, solve);
  }

  #refined(w: Float64Array, alpha: number, solve: (gradient: Float64Array) => Float64Array): Float64Array {
    const { columns, y, weights } = this.#rows;
    for (let step = 0; step < REFINEMENTS; step++) {
      const residual = y.slice();
      addScaled(residual, -1, combine(columns, w, new Float64Array(y.length)));
      for (let i = 0; i < y.length; i++) residual[i] *= weights[i];
      const gradient = Float64Array.from(columns, (column, j) => dot(column, residual) - alpha * w[j]);
      addScaled(w, 1, solve(gradient));
    }
    return w;
  }

  /**
   * The coefficients are a combination of the rows: `w = Aᵀ c` with `(A Aᵀ + alpha I) c = b`, with rows multiplied by the square roots of
   * their weights.
   */
  #byRows(alpha: number): Float64Array | undefined {
    const { columns, y, weights, fitIntercept } = this.#rows;
    const n = y.length;
    const roots = weights.map(Math.sqrt);
    this.#scaledRows ??= Array.from({ length: n }, (_, i) =>
      Float64Array.from(columns, (column) => roots[i] * column[i]),
    );
    const rows = this.#scaledRows;
    this.#gram ??= weightedGram(rows, new Float64Array(columns.length).fill(1));
    const matrix = withDiagonal(this.#gram, n, alpha);
    if (fitIntercept) {
      // Centred rows are linearly dependent in this direction, in which the centred target is 0.
      let [trace, square] = [0, 0];
      for (let i = 0; i < n; i++) {
        trace += matrix[i * n + i];
        square += weights[i];
      }
      for (let i = 0; i < n; i++)
        addScaled(matrix.subarray(i * n, (i + 1) * n), (trace / n / square) * roots[i], roots);
    }
    const solve = factorDefinite(matrix, n, DEFINITE);
    if (!solve) return undefined;
    const c = new Float64Array(n);
    const w = new Float64Array(columns.length);
    for (let step = 0; step <= REFINEMENTS; step++) {
      const residual = Float64Array.from(rows, (row, i) => roots[i] * y[i] - dot(row, w) - alpha * c[i]);
      const change = solve(residual);
      addScaled(c, 1, change);
      combine(rows, change, w);
    }
    return w;
  }
}

function withDiagonal(matrix: Float64Array, size: number, added: number): Float64Array {
  const result = matrix.slice();
  for (let j = 0; j < size; j++) result[j * size + j] += added;
  return result;
}
