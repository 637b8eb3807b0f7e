import { addScaled } from './loss.js';
import { dot } from './weighted-gram.js';

export interface ConjugateGradientsOptions {
  /** The stopping tolerance: the norm of the residual relative to that of b, both after `precondition`. */
  readonly tolerance: number;
  readonly maxIterations: number;
  /** A symmetric positive definite approximation of the inverse of `A`; the closer, the fewer iterations. Default: the identity. */
  readonly precondition?: (v: Float64Array) => Float64Array;
}

/**
 * Solves `A x = b` for a symmetric positive semidefinite `A` given by its products, until the residual is at most `tolerance` relative to b
 * or `maxIterations` is reached.
 *
 * Conjugate gradients: Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems", 1952; preconditioned as in Golub
 * and Van Loan, "Matrix computations", 4th edition, section 11.5.
 */
export function conjugateGradients(
  times: (v: Float64Array) => Float64Array,
  b: Float64Array,
  { tolerance, maxIterations, precondition = (v) => v }: ConjugateGradientsOptions,
): Float64Array {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  let steep = precondition(residual);
  const direction = steep.slice();
  let square = dot(residual, steep);
  const enough = square * tolerance * tolerance;
  for (let iteration = 0; iteration < maxIterations && square > enough; iteration++) {
    const product = times(direction);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    addScaled(x, square / curvature, direction);
    addScaled(residual, -square / curvature, product);
    steep = precondition(residual);
    const next = dot(residual, steep);
    for (let j = 0; j < b.length; j++) direction[j] = steep[j] + (next / square) * direction[j];
    square = next;
  }
  return x;
}
