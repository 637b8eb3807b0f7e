// AssemblyScript. Computes kernels between rows.

import { LINEAR, POLY, RBF } from '../kernels';
import { coef0, degree, gamma, kernel, nFeatures, nPadded, point, rows, WIDTH } from './memory';

@inline
export function entry(row: i32, feature: i32): usize {
  return rows + ((<usize>(row / WIDTH) * nFeatures + feature) * WIDTH + (row & (WIDTH - 1))) * 4;
}

/** The kernels of four pairs of rows, from their dot products or, for the Gaussian kernel, squared distances times gamma. */
@inline
export function kernelOf(base: v128): v128 {
  if (kernel === LINEAR) return base;
  if (kernel === RBF) return expOf(f32x4.neg(base));
  const inner = f32x4.add(f32x4.mul(base, f32x4.splat(<f32>gamma)), f32x4.splat(<f32>coef0));
  if (kernel === POLY) {
    let power = inner;
    for (let d = 1; d < degree; d++) power = f32x4.mul(power, inner);
    return power;
  }
  let values = f32x4.splat(tanhOf(f32x4.extract_lane(inner, 0)));
  values = f32x4.replace_lane(values, 1, tanhOf(f32x4.extract_lane(inner, 1)));
  values = f32x4.replace_lane(values, 2, tanhOf(f32x4.extract_lane(inner, 2)));
  return f32x4.replace_lane(values, 3, tanhOf(f32x4.extract_lane(inner, 3)));
}

function tanhOf(x: f32): f32 {
  return <f32>Math.tanh(<f64>x);
}

/** The exponential of numbers up to 0, clipped to at least -87: `2^k exp(r)` with |r| up to ln(2) / 2, and exp(r) by its series. */
@inline
function expOf(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.splat(-87), x);
  const k = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = f32x4.sub(bounded, f32x4.mul(k, f32x4.splat(0.693359375)));
  r = f32x4.add(r, f32x4.mul(k, f32x4.splat(2.12194440e-4)));
  let series = f32x4.splat(1 / 5040.0);
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1 / 720.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1 / 120.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1 / 24.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1 / 6.0));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(0.5));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  series = f32x4.add(f32x4.mul(series, r), f32x4.splat(1));
  // Adding 1.5 * 2^23 leaves k in the low bits of the number; shifted to the exponent, they are 2^k.
  const bits = f32x4.add(k, f32x4.splat(12582912.0 + 127));
  return f32x4.mul(series, i32x4.shl(bits, 23));
}

/** Computes the kernel of each row with the point. */
export function kernelsWithPoint(to: usize): void {
  const start = point;
  const end = point + ((<usize>nFeatures) << 2);
  const isDistance = kernel === RBF;
  let at = rows;
  for (let row = 0; row < nPadded; row += WIDTH, to += 4 * WIDTH) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    if (isDistance) {
      for (let other = start; other < end; other += 4, at += 4 * WIDTH) {
        const value = v128.load32_splat(other);
        const awayA = f32x4.sub(v128.load(at), value);
        const awayB = f32x4.sub(v128.load(at, 16), value);
        const awayC = f32x4.sub(v128.load(at, 32), value);
        const awayD = f32x4.sub(v128.load(at, 48), value);
        a = f32x4.add(a, f32x4.mul(awayA, awayA));
        b = f32x4.add(b, f32x4.mul(awayB, awayB));
        c = f32x4.add(c, f32x4.mul(awayC, awayC));
        d = f32x4.add(d, f32x4.mul(awayD, awayD));
      }
    } else {
      for (let other = start; other < end; other += 4, at += 4 * WIDTH) {
        const value = v128.load32_splat(other);
        a = f32x4.add(a, f32x4.mul(v128.load(at), value));
        b = f32x4.add(b, f32x4.mul(v128.load(at, 16), value));
        c = f32x4.add(c, f32x4.mul(v128.load(at, 32), value));
        d = f32x4.add(d, f32x4.mul(v128.load(at, 48), value));
      }
    }
    v128.store(to, a);
    v128.store(to, b, 16);
    v128.store(to, c, 32);
    v128.store(to, d, 48);
  }
}
