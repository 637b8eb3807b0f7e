import { addScaled } from './loss.js';
import { dot } from './weighted-gram.js';

/** The problem `min_u ½ (u - w)ᵀ H (u - w) + gᵀ (u - w) + Σ lambda_j |u_j|`, where only products with H are known. */
export interface L1Products {
  /** What multiplies a vector by H, which is symmetric and positive semidefinite. */
  readonly times: (v: Float64Array) => Float64Array;
  /** Nearly the blocks along the diagonal of H, one after the other, each of as many coefficients. */
  readonly blocks: readonly Float64Array[];
  /** g, the gradient of the smooth part at w. */
  readonly gradient: Float64Array;
  /** w, where the quadratic is taken, and where the search starts. */
  readonly at: Float64Array;
  /** The weight of each absolute value; 0 for a coefficient that is not penalised. */
  readonly lambda: Float64Array;
}

export interface L1ProductsOptions {
  /** When to stop: the length of the subgradient, as a share of that at the start. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

/** How often coordinate descent goes over the coefficients of a step. */
const SWEEPS = 4;

/**
 * Goes near the minimum of a quadratic with an l1 penalty by accelerated proximal steps, whose lengths are measured by the
 * blocks: each step is a problem of one block after the other, which coordinate descent solves. Where a step would overshoot the steps
 * get shorter, and where one goes astray the acceleration starts anew. Nothing where `maxIterations` are not enough.
 *
 * Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm for linear inverse problems", 2009; restarts: O'Donoghue and Candès,
 * "Adaptive restart for accelerated gradient schemes", 2015.
 */
export function minimiseL1Products(
  { times, blocks, gradient, at, lambda }: L1Products,
  { tolerance, maxIterations }: L1ProductsOptions,
): Float64Array | undefined {
  const size = at.length;
  let u: Float64Array = at.slice();
  // H (u - w), of the point and of the one before it.
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
    // Whether the step turned back from where the acceleration led.
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

/** The length of the subgradient that is smallest. */
function subgradientLength(slope: Float64Array, u: Float64Array, lambda: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < u.length; j++) {
    const entry =
      u[j] === 0 ? Math.max(Math.abs(slope[j]) - lambda[j], 0) : slope[j] + lambda[j] * Math.sign(u[j]);
    sum += entry * entry;
  }
  return Math.sqrt(sum);
}

/** Nearly the minimiser of `slopeᵀ (u - from) + ½ scale (u - from)ᵀ blocks (u - from) + Σ lambda_j |u_j|`. */
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
    // The slope at u.
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
