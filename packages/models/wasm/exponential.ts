// AssemblyScript. The exponential of two numbers at once.

/**
 * The exponential of numbers, clipped to [-700, 700]: `2^k exp(r)` with |r| below ln(2) / 2, and exp(r) by its series, with a relative
 * error of 1e-14.
 */
@inline
export function expOf(x: v128): v128 {
  const bounded = f64x2.min(f64x2.max(x, f64x2.splat(-700)), f64x2.splat(700));
  const k = f64x2.nearest(f64x2.mul(bounded, f64x2.splat(1.4426950408889634)));
  let r = f64x2.sub(bounded, f64x2.mul(k, f64x2.splat(0.6931471803691238)));
  r = f64x2.sub(r, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)));
  let series = f64x2.splat(1 / 479001600.0);
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 39916800.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 3628800.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 362880.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 40320.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 5040.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 720.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 120.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 24.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1 / 6.0));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(0.5));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  series = f64x2.add(f64x2.mul(series, r), f64x2.splat(1));
  // Adding 1.5 * 2^52 leaves k in the low bits of the number; shifted to the exponent, they are 2^k.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744.0 + 1023));
  return f64x2.mul(series, i64x2.shl(bits, 52));
}
