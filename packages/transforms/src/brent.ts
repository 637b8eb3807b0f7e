/** 2 - the golden ratio, at which golden-section search divides an interval. */
const GOLDEN_SECTION = (3 - Math.sqrt(5)) / 2;
/** Near a minimum, function values cannot distinguish points closer than this relative distance. */
const RESOLUTION = Math.sqrt(Number.EPSILON);
const MAX_EVALUATIONS = 2000;

/**
 * The minimum of `f` in [`lower`, `upper`] by Brent's method: golden-section search, accelerated by parabolic interpolation if that is
 * reliable. `f` should be unimodal. A minimum at a bound is approached to within the tolerance. `NaN` counts as worse than any number.
 *
 * Source: R. P. Brent, "Algorithms for Minimization without Derivatives", 1973, chapter 5.
 *
 * @param tolerance the absolute tolerance of the result, in addition to the relative 1.5e-8 that `f` can resolve.
 */
export function minimizeBounded(
  f: (x: number) => number,
  lower: number,
  upper: number,
  tolerance: number,
): number {
  const evaluate = (x: number) => {
    const value = f(x);
    return Number.isNaN(value) ? Infinity : value;
  };
  let [a, b] = [lower, upper];
  /** The best point, the second best, and the one that was second best before it, with their values. */
  let x = a + GOLDEN_SECTION * (b - a);
  let [w, v] = [x, x];
  let fx = evaluate(x);
  let [fw, fv] = [fx, fx];
  let step = 0;
  let stepBeforeLast = 0;

  for (let count = 1; count < MAX_EVALUATIONS; count++) {
    const middle = a + (b - a) / 2;
    const near = RESOLUTION * Math.abs(x) + tolerance / 3;
    if (Math.abs(x - middle) <= 2 * near - (b - a) / 2) break;

    const parabola = parabolicStep(x, fx, w, fw, v, fv);
    const isTrusted =
      Math.abs(stepBeforeLast) > near &&
      Math.abs(parabola) < Math.abs(stepBeforeLast) / 2 &&
      x + parabola > a &&
      x + parabola < b;
    if (isTrusted) {
      stepBeforeLast = step;
      step = parabola;
      const isAtBound = x + step - a < 2 * near || b - (x + step) < 2 * near;
      if (isAtBound) step = x < middle ? near : -near;
    } else {
      stepBeforeLast = x < middle ? b - x : a - x;
      step = GOLDEN_SECTION * stepBeforeLast;
    }
    const u = x + (Math.abs(step) >= near ? step : step > 0 ? near : -near);
    const fu = evaluate(u);

    if (fu <= fx) {
      if (u < x) b = x;
      else a = x;
      [v, w, x] = [w, x, u];
      [fv, fw, fx] = [fw, fx, fu];
    } else {
      if (u < x) a = u;
      else b = u;
      if (fu <= fw || w === x) {
        [v, w] = [w, u];
        [fv, fw] = [fw, fu];
      } else if (fu <= fv || v === x || v === w) {
        v = u;
        fv = fu;
      }
    }
  }
  return x;
}

/** The distance from `x` to the vertex of the parabola through three points; `NaN` or infinite if there is none. */
function parabolicStep(x: number, fx: number, w: number, fw: number, v: number, fv: number): number {
  const r = (x - w) * (fx - fv);
  const q = (x - v) * (fx - fw);
  return ((x - w) * r - (x - v) * q) / (2 * (q - r));
}
