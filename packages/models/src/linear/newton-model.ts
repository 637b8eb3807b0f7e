import { minimiseL1Quadratic } from './l1-quadratic.js';
import { addScaled } from './loss.js';
import { factorSymmetric } from './solve.js';
import { dot } from './weighted-gram.js';

/** A quadratic model of a smooth function, and the l1 penalty that is added to it. */
export interface NewtonModel {
  /** From a point to the minimum of model and penalty. @param gradient that of the smooth function at the point. */
  step(gradient: Float64Array, at: Float64Array): Float64Array;
  /** The model updated with the change of the gradient along a step; unchanged if the curvature is not positive. */
  corrected(step: Float64Array, change: Float64Array): NewtonModel;
}

/**
 * The model for a Hessian. Updates are those of Broyden, Fletcher, Goldfarb and Shanno (Nocedal and Wright, "Numerical optimization", 2nd
 * edition, equations 6.17 and 6.19).
 *
 * @param hessian in row-major order; it is kept, not copied.
 * @param l1 the penalty of the absolute value of each coefficient.
 * @returns `undefined` if numbers overflow.
 */
export function newtonModel(hessian: Float64Array, l1: Float64Array): NewtonModel | undefined {
  if (!hessian.every(Number.isFinite)) return undefined;
  return l1.some((value) => value > 0) ? penalised(hessian, l1) : smooth(factorSymmetric(hessian, l1.length));
}

/** @param inverse multiplies by the inverse of the Hessian. */
function smooth(inverse: (b: Float64Array) => Float64Array): NewtonModel {
  return {
    step: (gradient) => inverse(gradient).map((value) => -value),
    corrected(step, change) {
      const curvature = dot(step, change);
      if (!(curvature > 0)) return this;
      return smooth((b) => {
        const share = dot(step, b) / curvature;
        const result = inverse(b.map((value, j) => value - share * change[j]));
        addScaled(result, share - dot(change, result) / curvature, step);
        return result;
      });
    },
  };
}

function penalised(hessian: Float64Array, lambda: Float64Array): NewtonModel {
  return {
    step: (gradient, at) =>
      minimiseL1Quadratic({ hessian, gradient, at, lambda }).map((value, j) => value - at[j]),
    corrected(step, change) {
      const p = step.length;
      const expected = new Float64Array(p);
      for (let j = 0; j < p; j++) addScaled(expected, step[j], hessian.subarray(j * p, (j + 1) * p));
      const [curvature, before] = [dot(step, change), dot(step, expected)];
      if (!(curvature > 0 && before > 0)) return this;
      const next = hessian.slice();
      for (let j = 0; j < p; j++) {
        const row = next.subarray(j * p, (j + 1) * p);
        addScaled(row, change[j] / curvature, change);
        addScaled(row, -expected[j] / before, expected);
      }
      return penalised(next, lambda);
    },
  };
}
