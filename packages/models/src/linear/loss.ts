/**
 * A convex loss of linear scores, for `proximalNewton`. Its variables are the coefficients, in one vector; its scores are the linear
 * functions of them from which the loss is computed.
 */
export interface Loss {
  /** The number of coefficients. */
  readonly size: number;
  /** The scores for given coefficients. */
  scores(w: Float64Array): Float64Array;
  /** The loss at these scores. */
  value(z: Float64Array): number;
  /** The gradient of the loss with respect to the coefficients. */
  gradient(z: Float64Array): Float64Array;
  /**
   * The Hessian by the coefficients `working`, in row-major order. A loss may ignore relative changes of second derivatives up to `drift`;
   * with 0, the Hessian is exact.
   */
  hessian(z: Float64Array, working: readonly number[], drift: number): Float64Array;
  /** Multiplies vectors by the Hessian, for problems whose Hessian is too large or takes too long to compute. */
  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array;
  /**
   * Approximate diagonal blocks of the Hessian, one after another, for the same number of coefficients each. Present if products with the
   * Hessian are so much faster than computing it that they are used for any number of coefficients.
   */
  diagonalBlocks?(z: Float64Array): Float64Array[];
}

/** The sums `Σ_j w_j x_j` of columns, one number per row. */
export function combine(
  columns: readonly Float64Array[],
  w: ArrayLike<number>,
  target: Float64Array,
): Float64Array {
  const used = Array.from(columns.keys()).filter((j) => w[j] !== 0);
  let k = 0;
  // Four columns at a time, so that the sums are read and written less often.
  for (; k + 3 < used.length; k += 4) {
    const [a, b, c, d] = [columns[used[k]], columns[used[k + 1]], columns[used[k + 2]], columns[used[k + 3]]];
    const [ofA, ofB, ofC, ofD] = [w[used[k]], w[used[k + 1]], w[used[k + 2]], w[used[k + 3]]];
    for (let i = 0; i < target.length; i++) target[i] += ofA * a[i] + ofB * b[i] + (ofC * c[i] + ofD * d[i]);
  }
  for (; k < used.length; k++) addScaled(target, w[used[k]], columns[used[k]]);
  return target;
}

/** Adds a multiple of one vector to another. */
export function addScaled(target: Float64Array, factor: number, values: Float64Array): void {
  for (let i = 0; i < target.length; i++) target[i] += factor * values[i];
}
