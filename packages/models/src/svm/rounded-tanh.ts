import { powerOfTwo } from '@churn/core';

/**
 * The hyperbolic tangent, rounded as in the WebAssembly modules, which use C's: computed from `e^x - 1` by the formulas of FreeBSD's and
 * musl's mathematical library.
 */
export function roundedTanh(x: number): number {
  const size = Math.abs(x);
  let value: number;
  if (size > 20) value = 1;
  else if (size >= 0.5493063926696777) value = 1 - 2 / (expm1(2 * size) + 2);
  else if (size >= 0.2554128170013428) {
    const grown = expm1(2 * size);
    value = grown / (grown + 2);
  } else {
    const shrunk = expm1(-2 * size);
    value = -shrunk / (shrunk + 2);
  }
  return x < 0 || Object.is(x, -0) ? -value : value;
}

/**
 * `e^x - 1` for x from -0.52 to 40. With `x = k ln 2 + r` it follows from a rational approximation of `e^r - 1` (the algorithm and its
 * coefficients: K. C. Ng, fdlibm, `s_expm1.c`, 1993).
 */
function expm1(x: number): number {
  let k = 0;
  let r = x;
  // The rounding error of r.
  let lost = 0;
  if (Math.abs(x) >= 0.3465735912322998) {
    const sign = x < 0 ? -1 : 1;
    k = Math.abs(x) < 1.0397205352783203 ? sign : Math.trunc(Math.LOG2E * x + 0.5 * sign);
    const high = x - k * 0.6931471803691238;
    const low = k * 1.9082149292705877e-10;
    r = high - low;
    lost = high - r - low;
  }
  const half = 0.5 * r;
  const square = r * half;
  const fourth = square * square;
  const ratio =
    1 -
    square * 0.03333333333333313 +
    fourth *
      (0.0015873015872548146 -
        square * 0.0000793650757867488 +
        fourth * (0.000004008217827329362 - square * 2.0109921818362437e-7));
  const t = 3 - ratio * half;
  let error = square * ((ratio - t) / (6 - r * t));
  if (k === 0) return r - (r * error - square);
  error = r * (error - lost) - lost - square;
  if (k === -1) return 0.5 * (r - error) - 0.5;
  if (k === 1) return r < -0.25 ? -2 * (error - (r + 0.5)) : 1 + 2 * (r - error);
  const power = powerOfTwo(k);
  if (k > 56) return (r - error + 1) * power - 1;
  const inverse = powerOfTwo(-k);
  return (r + (k < 20 ? 1 - inverse - error : 1 - (error + inverse))) * power;
}
