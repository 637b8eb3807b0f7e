import { addScaled } from './loss.js';
import { dot } from './weighted-gram.js';

/**
 * Solves `A x = b` for a symmetric positive semidefinite `A` of which only products are known, until the residual is
 * `tolerance` of b's length or `maxIterations` is reached.
 *
 * Conjugate gradients: Hestenes and Stiefel, "Methods of conjugate gradients for solving linear systems", 1952.
 */
export function conjugateGradients(
  times: (v: Float64Array) => Float64Array,
  b: Float64Array,
  { tolerance, maxIterations }: { readonly tolerance: number; readonly maxIterations: number },
): Float64Array {
  const x = new Float64Array(b.length);
  const residual = b.slice();
  const direction = b.slice();
  let square = dot(b, b);
  const enough = square * tolerance * tolerance;
  for (let iteration = 0; iteration < maxIterations && square > enough; iteration++) {
    const product = times(direction);
    const curvature = dot(direction, product);
    if (!(curvature > 0)) break;
    addScaled(x, square / curvature, direction);
    addScaled(residual, -square / curvature, product);
    const next = dot(residual, residual);
    for (let j = 0; j < b.length; j++) direction[j] = residual[j] + (next / square) * direction[j];
    square = next;
  }
  return x;
}
