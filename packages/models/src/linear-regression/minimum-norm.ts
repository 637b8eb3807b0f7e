import { combine } from '../linear/loss.js';
import { dot } from '../linear/weighted-gram.js';
import type { CentredRows } from './centred-rows.js';
import { applyReflections, householder, upperTriangle } from './householder.js';

/** The tolerance within which two columns count as orthogonal. */
const ORTHOGONAL = 1e-15;
const MAX_SWEEPS = 60;

/**
 * The `w` of minimum norm among those that minimise `Σ v_i (y_i - x_i·w)² + alpha Σ w_j²`, for columns of any rank: Householder's QR
 * decomposition of the columns, or of the rows if they are fewer, and the singular value decomposition of its triangle. Singular values at
 * or below the rounding error of the largest, `max(n, p) 2^-52` of it, count as 0, as in scikit-learn.
 */
export function minimumNorm({ columns, y, weights }: CentredRows, alpha: number): Float64Array {
  const [n, p] = [y.length, columns.length];
  const roots = weights.map(Math.sqrt);
  const rounding = Math.max(n, p) * Number.EPSILON;
  const target = y.map((value, i) => roots[i] * value);
  const scaled = columns.map((column) => column.map((value, i) => roots[i] * value));
  if (n >= p) {
    const reflections = householder(scaled);
    applyReflections(reflections, target, true);
    return solveBySingularValues(upperTriangle(reflections), target.subarray(0, p), alpha, rounding);
  }
  const rows = Array.from({ length: n }, (_, i) => Float64Array.from(scaled, (column) => column[i]));
  const reflections = householder(rows);
  const solution = new Float64Array(p);
  solution.set(solveBySingularValues(transposed(upperTriangle(reflections)), target, alpha, rounding));
  return applyReflections(reflections, solution, false);
}

/**
 * The `u` of minimum norm among those that minimise `|M u - c|² + alpha |u|²`. One-sided Jacobi rotations make the columns of M orthogonal
 * (Golub and Van Loan, "Matrix computations", 4th edition, section 8.6.3).
 *
 * @param m the columns of a square matrix; they are overwritten.
 */
function solveBySingularValues(
  m: readonly Float64Array[],
  c: Float64Array,
  alpha: number,
  rounding: number,
): Float64Array {
  const size = m.length;
  const v = Array.from({ length: size }, (_, j) => {
    const unit = new Float64Array(size);
    unit[j] = 1;
    return unit;
  });
  const norms = m.map((column) => dot(column, column));
  const negligible = Math.sqrt(Math.max(...norms)) * rounding * 1e-3;
  for (let sweep = 0, isDone = false; sweep < MAX_SWEEPS && !isDone; sweep++) {
    isDone = true;
    for (let j = 0; j < size; j++) {
      for (let k = j + 1; k < size; k++) {
        const [a, b, along] = [dot(m[j], m[j]), dot(m[k], m[k]), dot(m[j], m[k])];
        const isSmall = Math.min(a, b) <= negligible * negligible;
        if (isSmall || Math.abs(along) <= ORTHOGONAL * Math.sqrt(a) * Math.sqrt(b)) continue;
        isDone = false;
        const zeta = (b - a) / (2 * along);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
        const cosine = 1 / Math.sqrt(1 + tangent * tangent);
        rotate(m[j], m[k], cosine, cosine * tangent);
        rotate(v[j], v[k], cosine, cosine * tangent);
      }
    }
  }
  const squares = m.map((column) => dot(column, column));
  const least = rounding * Math.sqrt(Math.max(...squares));
  const shares = Float64Array.from(m, (column, k) =>
    Math.sqrt(squares[k]) > least ? dot(column, c) / (squares[k] + alpha) : 0,
  );
  return combine(v, shares, new Float64Array(size));
}

function rotate(a: Float64Array, b: Float64Array, cosine: number, sine: number): void {
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i], b[i]];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
}

function transposed(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((_, i) => Float64Array.from(columns, (column) => column[i]));
}
