/**
 * A convex loss of linear scores, as `proximalNewton` minimises it. Its variables are the coefficients, in one vector; its
 * scores are whatever linear functions of them the loss is computed from.
 */
export interface Loss {
  /** How many coefficients there are. */
  readonly size: number;
  /** The scores that coefficients give. */
  scores(w: Float64Array): Float64Array;
  /** The loss at these scores. */
  value(z: Float64Array): number;
  /** The gradient of the loss by the coefficients. */
  gradient(z: Float64Array): Float64Array;
  /**
   * The Hessian by the coefficients `working`, in row-major order. A loss may spare itself the work of changes of second
   * derivatives up to the share `drift`; with 0 it is exact.
   */
  hessian(z: Float64Array, working: readonly number[], drift: number): Float64Array;
  /** What multiplies vectors by the Hessian, for problems whose Hessian would be too large, or takes too long to make. */
  hessianTimes(z: Float64Array): (v: Float64Array) => Float64Array;
  /**
   * There where products with the Hessian take so much less time than to make it that they are used for any number of coefficients: nearly
   * the blocks along its diagonal, one after the other, each of as many coefficients.
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
  // Four columns at a time, since the sums would else be read and written for each.
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
