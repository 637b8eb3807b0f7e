import { addScaled } from './loss.js';
import { dot } from './weighted-gram.js';

/** The problem `min_u ½ (u - w)ᵀ H (u - w) + gᵀ (u - w) + Σ lambda_j |u_j|`, with H given by its products. */
export interface L1Products {
  /** Multiplies a vector by H, which is symmetric and positive semidefinite. */
  readonly times: (v: Float64Array) => Float64Array;
  /** Approximate diagonal blocks of H, one after another, for the same number of coefficients each. */
  readonly blocks: readonly Float64Array[];
  /** g, the gradient of the smooth part at w. */
  readonly gradient: Float64Array;
  /** w, the expansion point of the quadratic and the start of the search. */
  readonly at: Float64Array;
  /** The weight of each absolute value; 0 for a coefficient that is not penalised. */
  readonly lambda: Float64Array;
}

export interface L1ProductsOptions {
  /** The stopping tolerance: the norm of the subgradient, relative to that at the start. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** The number of passes of coordinate descent over the coefficients per step. */
const SWEEPS = 4;

/**
 * Approximately minimises a quadratic with an l1 penalty by accelerated proximal steps in the metric of the blocks; the problem of each
 * step is solved block by block by coordinate descent. Steps are shortened if one would overshoot, and the acceleration is restarted if a
 * step turns back. `undefined` if it does not converge within `maxIterations`.
 *
 * Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems", 2009; restarts: O'Donoghue and
 * Candès, "Adaptive restart for accelerated gradient schemes", 2015.
 */
export function minimiseL1Products(
  { times, blocks, gradient, at, lambda }: L1Products,
  { tolerance, maxIterations }: L1ProductsOptions,
): Float64Array | undefined {
  const size = at.length;
  let u: Float64Array = at.slice();
  // H (u - w), for the current and the previous point.
  let product: Float64Array = new Float64Array(size);
  let lookout: Float64Array = u;
  let productThere: Float64Array = product;
  let momentum = 1;
  let scale = 1;
  let enough = Infinity;
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    const slope = gradient.map((value, j) => value + productThere[j]);
    if (lookout === u) {
      const left = subgradientLength(slope, u, lambda);
      if (iteration === 0) enough = tolerance * left;
      if (left <= enough) return u;
    }
    const next = proximalStep(blocks, scale, slope, lookout, lambda);
    const moved = next.map((value, j) => value - lookout[j]);
    const along = times(moved);
    const curvature = dot(moved, along);
    const expected = scale * quadraticForm(blocks, moved);
    if (curvature > expected * (1 + 1e-9)) {
      scale = Math.min(2 * scale, Math.max(1.1 * scale, (1.05 * scale * curvature) / expected));
      continue;
    }
    const nextProduct = productThere.map((value, j) => value + along[j]);
    // Whether the step turned back from the direction of the acceleration.
    let turn = 0;
    for (let j = 0; j < size; j++) turn += (lookout[j] - next[j]) * (next[j] - u[j]);
    const nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const share = turn > 0 ? 0 : (momentum - 1) / nextMomentum;
    momentum = turn > 0 ? 1 : nextMomentum;
    const slopeHere = gradient.map((value, j) => value + nextProduct[j]);
    const isDone = subgradientLength(slopeHere, next, lambda) <= enough;
    lookout = share === 0 ? next : next.map((value, j) => value + share * (value - u[j]));
    productThere =
      share === 0 ? nextProduct : nextProduct.map((value, j) => value + share * (value - product[j]));
    u = next;
    product = nextProduct;
    if (isDone) return u;
  }
  return undefined;
}

/** The norm of the smallest subgradient. */
function subgradientLength(slope: Float64Array, u: Float64Array, lambda: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) {
    const entry =
      u[j] === 0 ? Math.max(Math.abs(slope[j]) - lambda[j], 0) : slope[j] + lambda[j] * Math.sign(u[j]);
    sum += entry * entry;
  }
  return Math.sqrt(sum);
}

/** An approximate minimiser of `slopeᵀ (u - from) + ½ scale (u - from)ᵀ blocks (u - from) + Σ lambda_j |u_j|`. */
function proximalStep(
  blocks: readonly Float64Array[],
  scale: number,
  slope: Float64Array,
  from: Float64Array,
  lambda: Float64Array,
): Float64Array {
  const p = from.length / blocks.length;
  const u = from.slice();
  blocks.forEach((block, c) => {
    const first = c * p;
    // The gradient at u.
    const r = slope.slice(first, first + p);
    for (let sweep = 0; sweep < SWEEPS; sweep++) {
      let isMoved = false;
      for (let j = 0; j < p; j++) {
        const curvature = scale * block[j * p + j];
        if (!(curvature > 0)) continue;
        const goal = u[first + j] - r[j] / curvature;
        const threshold = lambda[first + j] / curvature;
        const value = Math.sign(goal) * Math.max(Math.abs(goal) - threshold, 0);
        const step = value - u[first + j];
        if (step === 0) continue;
        isMoved = true;
        u[first + j] = value;
        const by = scale * step;
        const row = j * p;
        for (let k = 0; k < p; k++) r[k] += by * block[row + k];
      }
      if (!isMoved) break;
    }
  });
  return u;
}

/** `vᵀ blocks v`. */
function quadraticForm(blocks: readonly Float64Array[], v: Float64Array): number {
  const p = v.length / blocks.length;
  const product = new Float64Array(p);
  let sum = 0;
  blocks.forEach((block, c) => {
    const part = v.subarray(c * p, (c + 1) * p);
    product.fill(0);
    for (let j = 0; j < p; j++)
      if (part[j] !== 0) addScaled(product, part[j], block.subarray(j * p, (j + 1) * p));
    sum += dot(product, part);
  });
  return sum;
}
