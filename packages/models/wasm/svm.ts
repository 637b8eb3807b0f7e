// AssemblyScript, compiled to WebAssembly by `pnpm build:wasm`; src/svm/machine.ts is the side that calls it.
//
// Kernels between rows, and sequential minimal optimisation over them. All arrays lie in the linear memory one after another: `setUp`
// gives each its place. Kernel rows that were computed are kept behind them, as many as fit the bound.

const LINEAR: i32 = 0;
const POLY: i32 = 1;
const RBF: i32 = 2;
const TINY: f64 = 1e-12;

let nRows: i32 = 0;
let nFeatures: i32 = 0;
/** Rows are held by fours, the last four filled up with zeros. */
let nPadded: i32 = 0;
let kernel: i32 = 0;
let gamma: f64 = 0;
let coef0: f64 = 0;
let degree: i32 = 0;
let maxSlots: i32 = 0;

/** f64[nPadded / 4][nFeatures][4]: the rows, four side by side. */
export let rows: usize = 0;
/** f64[nFeatures]: the row that kernels are taken with. */
export let point: usize = 0;
/** f64[nPadded]: what `kernelWithPoint` found. */
export let values: usize = 0;
/** f64[nPadded]: for each row the sum of its squares. */
let squares: usize = 0;
/** f64[nPadded]: the kernel of each row with itself. */
export let diagonal: usize = 0;

/** i32[nRows]: the rows of the problem at hand; and for each of them, by row, its side (1 or -1), bound, weight and gradient. */
export let members: usize = 0;
export let sides: usize = 0;
export let bounds: usize = 0;
export let alphas: usize = 0;
export let gradients: usize = 0;

// The kernel rows kept: f32[nPadded] each, the slot of each row or -1, the row of each slot, and when it was used last.
let slotOfRow: usize = 0;
let rowOfSlot: usize = 0;
let lastUse: usize = 0;
let cache: usize = 0;
// The members while a problem is solved, those still looked at first: f64 violation (minus side times gradient), side, α, bound and
// kernel with itself, i32 row, i32 column in the kernel rows, and u8 status.
let violations: usize = 0;
let ofSides: usize = 0;
let ofAlphas: usize = 0;
let ofBounds: usize = 0;
let ofDiagonal: usize = 0;
let ofRows: usize = 0;
let ofColumns: usize = 0;
let statuses: usize = 0;

// When most members are set aside, what is needed of kernel rows is copied side by side: read from whole rows, every number would come
// from another line of the memory. i32 row of each column, slot of each row or -1, and f32 rows of `nColumns`; 0 columns where whole
// rows are used.
let nColumns: i32 = 0;
let rowOfColumn: usize = 0;
let narrowSlotOfRow: usize = 0;
let narrow: usize = 0;
let narrowEnd: usize = 0;
let nNarrow: i32 = 0;
const WITH_SIDE: i32 = 1;
const AGAINST_SIDE: i32 = 2;
let nAll: i32 = 0;
let nActive: i32 = 0;
/** The violation of the member that `mostViolating` found. */
let highest: f64 = 0;
let nSlots: i32 = 0;
let nReserved: i32 = 0;
let clock: i32 = 0;
let top: usize = 0;

function take(nBytes: usize): usize {
  const start = (top + 15) & ~15;
  top = start + nBytes;
  reserve(top);
  return start;
}

function reserve(end: usize): void {
  const nPages = <i32>((end + 0xffff) >>> 16);
  const missing = nPages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
}

/** @param mostSlots how many kernel rows are kept at most, from 2; 0 where none will be asked for. */
export function setUp(
  rowCount: i32,
  featureCount: i32,
  kernelType: i32,
  kernelGamma: f64,
  kernelCoef0: f64,
  kernelDegree: i32,
  mostSlots: i32,
): void {
  nRows = rowCount;
  nFeatures = featureCount;
  nPadded = (rowCount + 3) & ~3;
  kernel = kernelType;
  gamma = kernelGamma;
  coef0 = kernelCoef0;
  degree = kernelDegree;
  maxSlots = mostSlots;
  top = __heap_base;
  rows = take(8 * <usize>nPadded * nFeatures);
  point = take(8 * <usize>nFeatures);
  values = take(8 * <usize>nPadded);
  squares = take(8 * <usize>nPadded);
  diagonal = take(8 * <usize>nPadded);
  members = take(4 * <usize>nRows);
  sides = take(8 * <usize>nRows);
  bounds = take(8 * <usize>nRows);
  alphas = take(8 * <usize>nRows);
  gradients = take(8 * <usize>nRows);
  violations = take(8 * <usize>nRows);
  ofSides = take(8 * <usize>nRows);
  ofAlphas = take(8 * <usize>nRows);
  ofBounds = take(8 * <usize>nRows);
  ofDiagonal = take(8 * <usize>nRows);
  ofRows = take(4 * <usize>nRows);
  ofColumns = take(4 * <usize>nRows);
  rowOfColumn = take(4 * <usize>nRows);
  narrowSlotOfRow = take(4 * <usize>nRows);
  narrow = take(<usize>maxSlots * nPadded);
  narrowEnd = top;
  statuses = take(<usize>nRows);
  slotOfRow = take(4 * <usize>nRows);
  rowOfSlot = take(4 * <usize>max(maxSlots, 1));
  lastUse = take(4 * <usize>max(maxSlots, 1));
  cache = take(0);
  nSlots = 0;
  nReserved = 0;
}

/** To be called when the rows are in place. */
export function prepare(): void {
  for (let row = 0; row < nPadded; row++) {
    let sum: f64 = 0;
    for (let j = 0; j < nFeatures; j++) {
      const value = load<f64>(entry(row, j));
      sum += value * value;
    }
    store<f64>(squares + ((<usize>row) << 3), sum);
    const own = kernel == RBF ? 1 : kernelOf(sum);
    // As exact as the kernel rows that are kept, so that between equal rows there is no curvature at all.
    store<f64>(diagonal + ((<usize>row) << 3), <f64>(<f32>own));
  }
  for (let row = 0; row < nRows; row++) store<i32>(slotOfRow + ((<usize>row) << 2), -1);
}

@inline
function entry(row: i32, feature: i32): usize {
  return rows + (((<usize>(row >> 2) * nFeatures + feature) * 4 + (row & 3)) << 3);
}

/** The kernel of two rows by their product, where it follows from that. */
function kernelOf(product: f64): f64 {
  if (kernel == LINEAR) return product;
  const inner = gamma * product + coef0;
  if (kernel == POLY) {
    let power: f64 = 1;
    for (let d = 0; d < degree; d++) power *= inner;
    return power;
  }
  return Math.tanh(inner);
}

/** Computes the kernel of each row with the point. */
export function kernelWithPoint(): void {
  let ownSquare: f64 = 0;
  for (let j = 0; j < nFeatures; j++) {
    const value = load<f64>(point + ((<usize>j) << 3));
    ownSquare += value * value;
  }
  let at = rows;
  const start = point;
  const end = point + ((<usize>nFeatures) << 3);
  const n = nPadded;
  const type = kernel;
  const found = values;
  const squaresOf = squares;
  for (let row = 0; row < n; row += 4) {
    let low = f64x2.splat(0);
    let high = f64x2.splat(0);
    for (let other = start; other < end; other += 8, at += 32) {
      const value = v128.load64_splat(other);
      low = f64x2.add(low, f64x2.mul(v128.load(at), value));
      high = f64x2.add(high, f64x2.mul(v128.load(at, 16), value));
    }
    const to = found + ((<usize>row) << 3);
    if (type == RBF) {
      const square = squaresOf + ((<usize>row) << 3);
      v128.store(to, gaussian(low, v128.load(square), ownSquare));
      v128.store(to, gaussian(high, v128.load(square, 16), ownSquare), 16);
    } else if (type == LINEAR) {
      v128.store(to, low);
      v128.store(to, high, 16);
    } else {
      store<f64>(to, kernelOf(f64x2.extract_lane(low, 0)));
      store<f64>(to, kernelOf(f64x2.extract_lane(low, 1)), 8);
      store<f64>(to, kernelOf(f64x2.extract_lane(high, 0)), 16);
      store<f64>(to, kernelOf(f64x2.extract_lane(high, 1)), 24);
    }
  }
}

/** `exp(-gamma |x - z|²)` of two rows, from their products and squares. */
@inline
function gaussian(products: v128, square: v128, ownSquare: f64): v128 {
  const sums = f64x2.add(square, f64x2.splat(ownSquare));
  const distances = f64x2.max(f64x2.sub(sums, f64x2.add(products, products)), f64x2.splat(0));
  return expOf(f64x2.mul(distances, f64x2.splat(-gamma)));
}

/**
 * The exponential of numbers from -700 to 0, smaller ones being taken for -700: `2^k exp(r)` with |r| below ln(2) / 2, and exp(r) by its
 * series, which is right to 1e-14 of it.
 */
@inline
function expOf(x: v128): v128 {
  const bounded = f64x2.max(x, f64x2.splat(-700));
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
  // Adding 1.5 * 2^52 leaves k in the last bits of the number; moved to the exponent they are 2^k.
  const bits = f64x2.add(k, f64x2.splat(6755399441055744.0 + 1023));
  return f64x2.mul(series, i64x2.shl(bits, 52));
}

/** Where the kernel row of a row stands, computed if it is not kept. That of `spared` is not given up for it. */
function kernelRow(row: i32, spared: i32): usize {
  let slot = load<i32>(slotOfRow + ((<usize>row) << 2));
  clock++;
  if (slot < 0) {
    slot = freeSlot(spared);
    for (let j = 0; j < nFeatures; j++) store<f64>(point + ((<usize>j) << 3), load<f64>(entry(row, j)));
    kernelWithPoint();
    const to = slotAt(slot);
    for (let i = 0; i < nPadded; i += 4) {
      const from = values + ((<usize>i) << 3);
      const low = f32x4.demote_f64x2_zero(v128.load(from));
      const high = f32x4.demote_f64x2_zero(v128.load(from, 16));
      v128.store(to + ((<usize>i) << 2), v128.shuffle<i32>(low, high, 0, 1, 4, 5));
    }
    store<i32>(slotOfRow + ((<usize>row) << 2), slot);
    store<i32>(rowOfSlot + ((<usize>slot) << 2), row);
  }
  store<i32>(lastUse + ((<usize>slot) << 2), clock);
  return slotAt(slot);
}

@inline
function slotAt(slot: i32): usize {
  return cache + <usize>slot * nPadded * 4;
}

/** A slot that is new, or that of the row not used for longest. */
function freeSlot(spared: i32): i32 {
  if (nSlots < maxSlots) {
    // Memory is costly to ask for: for a sixteenth more rows at a time.
    if (nSlots === nReserved) {
      nReserved = min(maxSlots, nSlots + max(64, nSlots >> 4));
      reserve(slotAt(nReserved));
    }
    nSlots++;
    return nSlots - 1;
  }
  let oldest = -1;
  let time = i32.MAX_VALUE;
  for (let slot = 0; slot < nSlots; slot++) {
    const used = load<i32>(lastUse + ((<usize>slot) << 2));
    if (used < time && load<i32>(rowOfSlot + ((<usize>slot) << 2)) != spared) {
      time = used;
      oldest = slot;
    }
  }
  store<i32>(slotOfRow + ((<usize>load<i32>(rowOfSlot + ((<usize>oldest) << 2))) << 2), -1);
  return oldest;
}

/**
 * Minimises `½ Σ_ij α_i α_j s_i s_j K_ij - Σ α_i` under `0 <= α_i <= bound_i` and `Σ s_i α_i = 0`, from α = 0, over the members of the
 * problem: the pair that violates optimality most, by second-order information, is solved for at a time, until no pair violates it
 * by more than `tolerance` (Fan, Chen and Lin, "Working set selection using second order information", 2005). Members at a bound
 * that will hardly leave it are set aside meanwhile (Joachims' shrinking, as libsvm has it). Members with a bound of 0 take no part,
 * but get their gradient, from which their decision follows.
 *
 * Returns the number of steps, negative where these were not enough.
 */
export function solve(nMembers: i32, tolerance: f64, maxSteps: i32): i32 {
  begin(nMembers);
  let isNear = false;
  let untilShrinking = min(nMembers, 1000);
  let first = mostViolating();
  let steps = 0;
  for (; steps < maxSteps; steps++) {
    if (--untilShrinking === 0) {
      untilShrinking = min(nMembers, 1000);
      isNear = shrink(tolerance, isNear);
      first = mostViolating();
    }
    let second = first < 0 ? -1 : partnerOf(first, tolerance);
    if (second < 0) {
      if (nActive === nAll) break;
      activateAll();
      untilShrinking = 1;
      first = mostViolating();
      second = first < 0 ? -1 : partnerOf(first, tolerance);
      if (second < 0) break;
    }
    first = movePair(first, second);
  }
  if (nActive < nAll) activateAll();
  finish();
  return steps < maxSteps ? steps : -maxSteps;
}

function begin(nMembers: i32): void {
  nAll = nMembers;
  nActive = nMembers;
  for (let k = 0; k < nMembers; k++) {
    const row = load<i32>(members + ((<usize>k) << 2));
    const side = numberAt(sides, row);
    put(violations, k, side);
    put(ofSides, k, side);
    put(ofAlphas, k, 0);
    put(ofBounds, k, numberAt(bounds, row));
    put(ofDiagonal, k, numberAt(diagonal, row));
    store<i32>(ofRows + ((<usize>k) << 2), row);
    setStatus(k);
  }
  widen();
}

/** Uses whole kernel rows, whose columns are the rows. */
function widen(): void {
  nColumns = 0;
  memory.copy(ofColumns, ofRows, 4 * <usize>nAll);
}

/** Uses kernel rows of the active members alone. */
function narrowDown(): void {
  nColumns = nActive;
  nNarrow = 0;
  memory.copy(rowOfColumn, ofRows, 4 * <usize>nActive);
  memory.fill(narrowSlotOfRow, 0xff, 4 * <usize>nRows);
  for (let k = 0; k < nActive; k++) store<i32>(ofColumns + ((<usize>k) << 2), k);
}

/** The kernel row of a row, whole or narrow, whose columns the active members know. That of `spared` stays where it is. */
function kernelsOf(row: i32, spared: i32): usize {
  if (nColumns === 0) return kernelRow(row, spared);
  const size = (<usize>nColumns) << 2;
  const known = load<i32>(narrowSlotOfRow + ((<usize>row) << 2));
  if (known >= 0) return narrow + <usize>known * size;
  if (narrow + <usize>(nNarrow + 1) * size > narrowEnd) {
    // Full: begin anew, but never between the two rows of a pair.
    memory.fill(narrowSlotOfRow, 0xff, 4 * <usize>nRows);
    nNarrow = 0;
    if (spared >= 0) kernelsOf(spared, -1);
  }
  const whole = kernelRow(row, -1);
  const slot = nNarrow;
  nNarrow++;
  store<i32>(narrowSlotOfRow + ((<usize>row) << 2), slot);
  const to = narrow + <usize>slot * size;
  const columns = rowOfColumn;
  for (let at: usize = 0; at < size; at += 4) {
    store<f32>(to + at, load<f32>(whole + (load<u32>(columns + at) << 2)));
  }
  return to;
}

/** Writes what was found to where the caller looks for it. */
function finish(): void {
  for (let k = 0; k < nAll; k++) {
    const row = rowAt(k);
    put(alphas, row, numberAt(ofAlphas, k));
    put(gradients, row, -numberAt(ofSides, k) * numberAt(violations, k));
  }
}

@inline
function numberAt(array: usize, k: i32): f64 {
  return load<f64>(array + ((<usize>k) << 3));
}

@inline
function put(array: usize, k: i32, value: f64): void {
  store<f64>(array + ((<usize>k) << 3), value);
}

@inline
function rowAt(k: i32): i32 {
  return load<i32>(ofRows + ((<usize>k) << 2));
}

/** The kernel of the k-th member with the row whose kernels stand at `kernels`. */
@inline
function kernelAt(kernels: usize, k: i32): f64 {
  return <f64>load<f32>(kernels + (load<u32>(ofColumns + ((<usize>k) << 2)) << 2));
}

/** Whether α can move with its side, and against it. */
function setStatus(k: i32): void {
  const alpha = numberAt(ofAlphas, k);
  const isBelow = alpha < numberAt(ofBounds, k);
  const isAbove = alpha > 0;
  const isPositive = numberAt(ofSides, k) > 0;
  const withSide = isPositive ? isBelow : isAbove;
  const against = isPositive ? isAbove : isBelow;
  store<u8>(statuses + k, <u8>(i32(withSide) | (i32(against) << 1)));
}

@inline
function canMove(k: i32, direction: i32): bool {
  return (<i32>load<u8>(statuses + k) & direction) !== 0;
}

/** The place of the member whose α would most like to move with its side; less than 0 where none can. */
function mostViolating(): i32 {
  let best: i32 = -1;
  highest = -Infinity;
  for (let k = 0; k < nActive; k++) {
    const violation = numberAt(violations, k);
    if (violation > highest && canMove(k, WITH_SIDE)) {
      highest = violation;
      best = k;
    }
  }
  return best;
}

/** The place of the member that lowers the objective most together with the first; less than 0 where no pair violates optimality. */
function partnerOf(first: i32, tolerance: f64): i32 {
  const own = numberAt(ofDiagonal, first);
  const kernels = kernelsOf(rowAt(first), -1);
  const most = highest;
  const n = nActive;
  // Engines do not keep globals in registers through a loop; these are its arrays.
  const violationOf = violations;
  const diagonalOf = ofDiagonal;
  const statusOf = statuses;
  const columnOf = ofColumns;
  let best: i32 = -1;
  let greatest: f64 = 0;
  let largestGap = -Infinity;
  for (let k = 0; k < n; k++) {
    const gap = most - load<f64>(violationOf + ((<usize>k) << 3));
    if (gap <= 0 || (load<u8>(statusOf + k) & AGAINST_SIDE) === 0) continue;
    largestGap = max(largestGap, gap);
    const product = <f64>load<f32>(kernels + (load<u32>(columnOf + ((<usize>k) << 2)) << 2));
    const curvature = max(own + load<f64>(diagonalOf + ((<usize>k) << 3)) - 2 * product, TINY);
    const gain = (gap * gap) / curvature;
    if (gain > greatest) {
      greatest = gain;
      best = k;
    }
  }
  return largestGap < tolerance ? -1 : best;
}

/** Minimises over the α of two members, brings all gradients up to date, and returns the place that `mostViolating` would. */
function movePair(first: i32, second: i32): i32 {
  kernelsOf(rowAt(second), rowAt(first));
  const kernelsA = kernelsOf(rowAt(first), rowAt(second));
  const kernelsB = kernelsOf(rowAt(second), rowAt(first));
  const sideA = numberAt(ofSides, first);
  const sideB = numberAt(ofSides, second);
  const oldA = numberAt(ofAlphas, first);
  const oldB = numberAt(ofAlphas, second);
  const boundA = numberAt(ofBounds, first);
  const boundB = numberAt(ofBounds, second);
  const both = numberAt(ofDiagonal, first) + numberAt(ofDiagonal, second);
  const curvature = max(both - 2 * kernelAt(kernelsA, second), TINY);
  // The first moves by +t times its side, the second by -t times its own; t as far as both bounds allow.
  let t = (numberAt(violations, first) - numberAt(violations, second)) / curvature;
  t = min(t, sideA > 0 ? boundA - oldA : oldA);
  t = min(t, sideB > 0 ? oldB : boundB - oldB);
  const newA = clamped(oldA + sideA * t, boundA);
  const newB = clamped(oldB - sideB * t, boundB);
  put(ofAlphas, first, newA);
  put(ofAlphas, second, newB);
  setStatus(first);
  setStatus(second);
  return update((newA - oldA) * sideA, (newB - oldB) * sideB, kernelsA, kernelsB);
}

function update(moveA: f64, moveB: f64, kernelsA: usize, kernelsB: usize): i32 {
  const n = nActive;
  const violationOf = violations;
  const statusOf = statuses;
  const columnOf = ofColumns;
  let best: i32 = -1;
  let most = -Infinity;
  for (let k = 0; k < n; k++) {
    const place = (<usize>load<u32>(columnOf + ((<usize>k) << 2))) << 2;
    const change = moveA * <f64>load<f32>(kernelsA + place) + moveB * <f64>load<f32>(kernelsB + place);
    const at = violationOf + ((<usize>k) << 3);
    const violation = load<f64>(at) - change;
    store<f64>(at, violation);
    if (violation > most && (load<u8>(statusOf + k) & WITH_SIDE) !== 0) {
      most = violation;
      best = k;
    }
  }
  highest = most;
  return best;
}

/** A value beside a bound is that bound, so that rounding leaves no row just off it. */
function clamped(alpha: f64, bound: f64): f64 {
  if (alpha <= bound * 1e-15) return 0;
  return alpha >= bound * (1 - 1e-15) ? bound : alpha;
}

/**
 * Sets members aside that are at a bound and would not be chosen. The first time that optimality is near, all are looked at once more
 * before. Returns whether it has been near.
 */
function shrink(tolerance: f64, wasNear: bool): bool {
  let up = -Infinity;
  let down = Infinity;
  for (let k = 0; k < nActive; k++) {
    const violation = numberAt(violations, k);
    if (canMove(k, WITH_SIDE)) up = max(up, violation);
    if (canMove(k, AGAINST_SIDE)) down = min(down, violation);
  }
  const isNear = wasNear || up - down <= 10 * tolerance;
  if (isNear && !wasNear) activateAll();
  for (let k = 0; k < nActive; ) {
    const status = <i32>load<u8>(statuses + k);
    const violation = numberAt(violations, k);
    const isFixed =
      status === 0 || (status === AGAINST_SIDE && violation > up) || (status === WITH_SIDE && violation < down);
    if (isFixed) {
      nActive--;
      swap(k, nActive);
    } else k++;
  }
  // Copying costs about as much as a few steps gain; it is done again where much has been set aside since.
  const width = nColumns === 0 ? nRows : nColumns;
  const hasRoom = narrow + 16 * <usize>nActive <= narrowEnd;
  if (10 * nActive < 7 * width && hasRoom) narrowDown();
  return isNear;
}

function swap(a: i32, b: i32): void {
  swapNumbers(violations, a, b);
  swapNumbers(ofSides, a, b);
  swapNumbers(ofAlphas, a, b);
  swapNumbers(ofBounds, a, b);
  swapNumbers(ofDiagonal, a, b);
  swapPlaces(ofRows, a, b);
  swapPlaces(ofColumns, a, b);
  const status = load<u8>(statuses + a);
  store<u8>(statuses + a, load<u8>(statuses + b));
  store<u8>(statuses + b, status);
}

function swapNumbers(array: usize, a: i32, b: i32): void {
  const held = numberAt(array, a);
  put(array, a, numberAt(array, b));
  put(array, b, held);
}

function swapPlaces(array: usize, a: i32, b: i32): void {
  const held = load<i32>(array + ((<usize>a) << 2));
  store<i32>(array + ((<usize>a) << 2), load<i32>(array + ((<usize>b) << 2)));
  store<i32>(array + ((<usize>b) << 2), held);
}

/** Takes all members back in, and computes the gradients of those that were set aside anew. */
function activateAll(): void {
  if (nActive === nAll) return;
  widen();
  for (let k = nActive; k < nAll; k++) put(violations, k, numberAt(ofSides, k));
  for (let j = 0; j < nAll; j++) {
    const alpha = numberAt(ofAlphas, j);
    if (alpha === 0) continue;
    const kernels = kernelRow(rowAt(j), -1);
    const weight = alpha * numberAt(ofSides, j);
    for (let k = nActive; k < nAll; k++) {
      put(violations, k, numberAt(violations, k) - weight * kernelAt(kernels, k));
    }
  }
  nActive = nAll;
}
