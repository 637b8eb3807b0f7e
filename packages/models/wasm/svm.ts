// AssemblyScript, compiled to WebAssembly by `pnpm build:wasm`; src/svm/machine.ts is the side that calls it.
//
// Kernels between rows, and sequential minimal optimisation over them. All arrays lie in the linear memory one after another: `setUp`
// gives each its place. Kernel rows that were computed are kept behind them, as many as fit the bound.

import { clear, reserve, take } from './arena';

const LINEAR: i32 = 0;
const POLY: i32 = 1;
const RBF: i32 = 2;
const TINY: f32 = 1e-12;
/** Rows are held by sixteens, the last of which are filled up with zeros. */
const WIDTH: i32 = 16;

let nRows: i32 = 0;
let nFeatures: i32 = 0;
let nPadded: i32 = 0;
let kernel: i32 = 0;
let gamma: f64 = 0;
let coef0: f64 = 0;
let degree: i32 = 0;
let maxSlots: i32 = 0;

/** f32[nPadded / 16][nFeatures][16]: the rows, sixteen side by side. */
export let rows: usize = 0;
/** f32[nFeatures]: the row that kernels are taken with. */
let point: usize = 0;
/** f32[nPadded]: the kernel of each row with itself. */
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
let nSlots: i32 = 0;
let nReserved: i32 = 0;
let clock: i32 = 0;

// The members while a problem is solved, those still looked at first: f64 violation (minus side times gradient), side, α and bound,
// f32 kernel with itself, and i32 row. What is added to the violation where α cannot move with its side is -Infinity, and against
// it Infinity, else 0: no such member is the one with the highest or lowest.
let violations: usize = 0;
let withSide: usize = 0;
let againstSide: usize = 0;
let ofSides: usize = 0;
let ofAlphas: usize = 0;
let ofBounds: usize = 0;
let ofDiagonal: usize = 0;
let ofRows: usize = 0;
let nAll: i32 = 0;
let nActive: i32 = 0;
/** The violation of the member that `mostViolating` found. */
let highest: f64 = 0;

// Where not all rows are looked at, what is needed of kernel rows is copied side by side: i32 row of each column, slot of each row or -1,
// and f32 rows of `nColumns`. 0 columns where whole rows are used, each row being its own column.
let nColumns: i32 = 0;
let rowOfColumn: usize = 0;
let narrowSlotOfRow: usize = 0;
let narrow: usize = 0;
let narrowEnd: usize = 0;
let nNarrow: i32 = 0;
/** What stays in the cache of a processor. */
const MOST_NARROW_BYTES: usize = 8 << 20;
/** f64[nPadded]: for each row the sum of kernels times α and side. */
let weighted: usize = 0;

/** @param mostSlots how many kernel rows are kept at most, from 2. */
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
  nPadded = (rowCount + WIDTH - 1) & ~(WIDTH - 1);
  kernel = kernelType;
  gamma = kernelGamma;
  coef0 = kernelCoef0;
  degree = kernelDegree;
  maxSlots = mostSlots;
  clear();
  const n = <usize>nPadded;
  rows = take(4 * n * nFeatures);
  point = take(4 * <usize>nFeatures);
  diagonal = take(4 * n);
  members = take(4 * n);
  sides = take(8 * n);
  bounds = take(8 * n);
  alphas = take(8 * n);
  gradients = take(8 * n);
  violations = take(8 * n);
  withSide = take(8 * n);
  againstSide = take(8 * n);
  ofSides = take(8 * n);
  ofAlphas = take(8 * n);
  ofBounds = take(8 * n);
  ofDiagonal = take(4 * n);
  ofRows = take(4 * n);
  rowOfColumn = take(4 * n);
  narrowSlotOfRow = take(4 * n);
  weighted = take(8 * n);
  slotOfRow = take(4 * n);
  rowOfSlot = take(4 * <usize>maxSlots);
  lastUse = take(4 * <usize>maxSlots);
  // There is room for four whole rows at least.
  const narrowBytes = max(16 * n, min(<usize>maxSlots * n, MOST_NARROW_BYTES));
  narrow = take(narrowBytes);
  narrowEnd = narrow + narrowBytes;
  cache = take(0);
  nSlots = 0;
  nReserved = 0;
  // The memory may have been used before.
  memory.fill(rows, 0, 4 * n * nFeatures);
}

/** To be called when the rows are in place. */
export function prepare(): void {
  for (let row = 0; row < nRows; row++) {
    store<i32>(slotOfRow + ((<usize>row) << 2), -1);
    // By the same steps as in kernel rows, so that between equal rows there is no curvature at all.
    let sum: f32 = 0;
    for (let j = 0; j < nFeatures; j++) {
      const value = load<f32>(entry(row, j));
      const other = kernel === RBF ? value - value : value;
      sum += other * other;
    }
    store<f32>(diagonal + ((<usize>row) << 2), f32x4.extract_lane(kernelOf(f32x4.splat(sum)), 0));
  }
}

@inline
function entry(row: i32, feature: i32): usize {
  return rows + ((<usize>(row / WIDTH) * nFeatures + feature) * WIDTH + (row & (WIDTH - 1))) * 4;
}

/** The kernels of four pairs of rows by their products, or, for the Gaussian one, by the squares of their distances times gamma. */
@inline
function kernelOf(base: v128): v128 {
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

/**
 * The exponential of numbers up to 0, those below -87 being taken for it: `2^k exp(r)` with |r| up to ln(2) / 2, and exp(r) by its
 * series.
 */
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
  // Adding 1.5 * 2^23 leaves k in the last bits of the number; moved to the exponent they are 2^k.
  const bits = f32x4.add(k, f32x4.splat(12582912.0 + 127));
  return f32x4.mul(series, i32x4.shl(bits, 23));
}

/** Computes the kernel of each row with the point. */
function kernelsWithPoint(to: usize): void {
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

/** Where the kernel row of a row stands, computed if it is not kept. That of `spared` is not given up for it. */
function kernelRow(row: i32, spared: i32): usize {
  let slot = load<i32>(slotOfRow + ((<usize>row) << 2));
  clock++;
  if (slot < 0) {
    slot = freeSlot(spared);
    for (let j = 0; j < nFeatures; j++) store<f32>(point + ((<usize>j) << 2), load<f32>(entry(row, j)));
    const start = slotAt(slot);
    kernelsWithPoint(start);
    const end = start + 4 * <usize>nPadded;
    for (let at = start; at < end; at += 16) v128.store(at, kernelOf(v128.load(at)));
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
  let areAllRows = nMembers === nRows;
  for (let k = 0; k < nMembers; k++) {
    const row = load<i32>(members + ((<usize>k) << 2));
    if (row !== k) areAllRows = false;
    const side = numberAt(sides, row);
    put(violations, k, side);
    put(ofSides, k, side);
    put(ofAlphas, k, 0);
    put(ofBounds, k, numberAt(bounds, row));
    store<f32>(ofDiagonal + ((<usize>k) << 2), load<f32>(diagonal + ((<usize>row) << 2)));
    store<i32>(ofRows + ((<usize>k) << 2), row);
    setStatus(k);
  }
  // Those looked at are taken by fours; there is nothing behind the last.
  for (let k = nMembers; k < nPadded; k++) {
    put(violations, k, 0);
    setAside(k);
    store<f32>(ofDiagonal + ((<usize>k) << 2), 0);
  }
  useColumns(areAllRows);
}

/** Looks at kernel rows whole, or at the columns of the active members alone. */
function useColumns(whole: bool): void {
  nColumns = 0;
  if (whole) return;
  nColumns = (nActive + 3) & ~3;
  nNarrow = 0;
  memory.copy(rowOfColumn, ofRows, 4 * <usize>nActive);
  for (let k = nActive; k < nColumns; k++) store<i32>(rowOfColumn + ((<usize>k) << 2), 0);
  memory.fill(narrowSlotOfRow, 0xff, 4 * <usize>nRows);
}

/** The kernel row of a row, whose columns are the active members. That of `spared` stays where it is. */
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

@inline
function diagonalAt(k: i32): f32 {
  return load<f32>(ofDiagonal + ((<usize>k) << 2));
}

/** Tells whether α can move with its side, and against it. */
function setStatus(k: i32): void {
  const alpha = numberAt(ofAlphas, k);
  const isBelow = alpha < numberAt(ofBounds, k);
  const isAbove = alpha > 0;
  const isPositive = numberAt(ofSides, k) > 0;
  const canWith = isPositive ? isBelow : isAbove;
  const canAgainst = isPositive ? isAbove : isBelow;
  put(withSide, k, canWith ? 0 : -Infinity);
  put(againstSide, k, canAgainst ? 0 : Infinity);
}

/** Lets no pair have the member. */
function setAside(k: i32): void {
  put(withSide, k, -Infinity);
  put(againstSide, k, Infinity);
}

/** The place of the member whose α would most like to move with its side; less than 0 where none can. */
function mostViolating(): i32 {
  let best: i32 = -1;
  highest = -Infinity;
  for (let k = 0; k < nActive; k++) {
    const violation = numberAt(violations, k) + numberAt(withSide, k);
    if (violation > highest) {
      highest = violation;
      best = k;
    }
  }
  return best;
}

/** The place of the member that lowers the objective most together with the first; less than 0 where no pair violates optimality. */
function partnerOf(first: i32, tolerance: f64): i32 {
  const kernels = kernelsOf(rowAt(first), -1);
  // Engines do not keep globals in registers through a loop; these are its arrays.
  const violationOf = violations;
  const against = againstSide;
  const diagonalOf = ofDiagonal;
  const n = <usize>nActive;
  const most = f64x2.splat(highest);
  const own = f32x4.splat(diagonalAt(first));
  const two = f32x4.splat(2);
  const none = f32x4.splat(0);
  const tiny = f32x4.splat(TINY);
  let largestGap = none;
  let greatest = none;
  let places = i32x4.splat(-1);
  let here = i32x4(0, 1, 2, 3);
  for (let k: usize = 0; k < n; k += 4) {
    const at = k << 3;
    const low = gapOf(most, violationOf + at, against + at);
    const high = gapOf(most, violationOf + at + 16, against + at + 16);
    const gap = f32x4.pmax(none, v128.shuffle<i32>(low, high, 0, 1, 4, 5));
    largestGap = f32x4.pmax(largestGap, gap);
    const both = f32x4.add(own, v128.load(diagonalOf + (k << 2)));
    const product = v128.load(kernels + (k << 2));
    const curvature = f32x4.pmax(tiny, f32x4.sub(both, f32x4.mul(two, product)));
    const gain = f32x4.div(f32x4.mul(gap, gap), curvature);
    const isGreater = f32x4.gt(gain, greatest);
    greatest = f32x4.pmax(greatest, gain);
    places = v128.bitselect(here, places, isGreater);
    here = i32x4.add(here, i32x4.splat(4));
  }
  const largest = max(
    max(f32x4.extract_lane(largestGap, 0), f32x4.extract_lane(largestGap, 1)),
    max(f32x4.extract_lane(largestGap, 2), f32x4.extract_lane(largestGap, 3)),
  );
  if (<f64>largest < tolerance) return -1;
  let best = i32x4.extract_lane(places, 0);
  let gain = f32x4.extract_lane(greatest, 0);
  if (isBetter(f32x4.extract_lane(greatest, 1), gain, i32x4.extract_lane(places, 1), best)) {
    gain = f32x4.extract_lane(greatest, 1);
    best = i32x4.extract_lane(places, 1);
  }
  if (isBetter(f32x4.extract_lane(greatest, 2), gain, i32x4.extract_lane(places, 2), best)) {
    gain = f32x4.extract_lane(greatest, 2);
    best = i32x4.extract_lane(places, 2);
  }
  if (isBetter(f32x4.extract_lane(greatest, 3), gain, i32x4.extract_lane(places, 3), best)) {
    best = i32x4.extract_lane(places, 3);
  }
  return best;
}

/** By how much each of two members violates optimality together with the one of the highest violation; the last two numbers are 0. */
@inline
function gapOf(most: v128, violation: usize, against: usize): v128 {
  return f32x4.demote_f64x2_zero(f64x2.sub(f64x2.sub(most, v128.load(violation)), v128.load(against)));
}

/** Of two members that are as good as each other the one that stands first is taken. */
@inline
function isBetter(value: f64, best: f64, place: i32, placeOfBest: i32): bool {
  return value > best || (value === best && <u32>place < <u32>placeOfBest);
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
  const both = <f64>diagonalAt(first) + <f64>diagonalAt(second);
  const curvature = max(both - 2 * <f64>load<f32>(kernelsA + ((<usize>second) << 2)), <f64>TINY);
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
  const n = <usize>nActive;
  const violationOf = violations;
  const penaltyOf = withSide;
  const a = f64x2.splat(moveA);
  const b = f64x2.splat(moveB);
  let mostLow = f64x2.splat(-Infinity);
  let mostHigh = mostLow;
  let placesLow = i64x2.splat(-1);
  let placesHigh = placesLow;
  let here = i64x2(0, 1);
  for (let k: usize = 0; k < n; k += 4) {
    const ofA = v128.load(kernelsA + (k << 2));
    const ofB = v128.load(kernelsB + (k << 2));
    const at = violationOf + (k << 3);
    const penalty = penaltyOf + (k << 3);
    const changeLow = f64x2.add(
      f64x2.mul(a, f64x2.promote_low_f32x4(ofA)),
      f64x2.mul(b, f64x2.promote_low_f32x4(ofB)),
    );
    const low = f64x2.sub(v128.load(at), changeLow);
    v128.store(at, low);
    const lowest = f64x2.add(low, v128.load(penalty));
    placesLow = v128.bitselect(here, placesLow, f64x2.gt(lowest, mostLow));
    mostLow = f64x2.pmax(mostLow, lowest);
    const changeHigh = f64x2.add(
      f64x2.mul(a, f64x2.promote_low_f32x4(v128.shuffle<i32>(ofA, ofA, 2, 3, 2, 3))),
      f64x2.mul(b, f64x2.promote_low_f32x4(v128.shuffle<i32>(ofB, ofB, 2, 3, 2, 3))),
    );
    const high = f64x2.sub(v128.load(at, 16), changeHigh);
    v128.store(at, high, 16);
    const highOnes = f64x2.add(high, v128.load(penalty, 16));
    placesHigh = v128.bitselect(here, placesHigh, f64x2.gt(highOnes, mostHigh));
    mostHigh = f64x2.pmax(mostHigh, highOnes);
    here = i64x2.add(here, i64x2.splat(4));
  }
  let best = <i32>i64x2.extract_lane(placesLow, 0);
  let most = f64x2.extract_lane(mostLow, 0);
  const second = <i32>i64x2.extract_lane(placesLow, 1);
  if (isBetter(f64x2.extract_lane(mostLow, 1), most, second, best)) {
    most = f64x2.extract_lane(mostLow, 1);
    best = second;
  }
  // Two further, where there is any.
  const third = <i32>i64x2.extract_lane(placesHigh, 0);
  if (third >= 0 && isBetter(f64x2.extract_lane(mostHigh, 0), most, third + 2, best)) {
    most = f64x2.extract_lane(mostHigh, 0);
    best = third + 2;
  }
  const fourth = <i32>i64x2.extract_lane(placesHigh, 1);
  if (fourth >= 0 && isBetter(f64x2.extract_lane(mostHigh, 1), most, fourth + 2, best)) {
    most = f64x2.extract_lane(mostHigh, 1);
    best = fourth + 2;
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
 * Sets members aside that are at a bound and would not be chosen, where they are three tenths or more. The first time that optimality is near,
 * all are looked at once more before. Returns whether it has been near.
 */
function shrink(tolerance: f64, wasNear: bool): bool {
  let up = -Infinity;
  let down = Infinity;
  for (let k = 0; k < nActive; k++) {
    const violation = numberAt(violations, k);
    up = max(up, violation + numberAt(withSide, k));
    down = min(down, violation + numberAt(againstSide, k));
  }
  const isNear = wasNear || up - down <= 10 * tolerance;
  if (isNear && !wasNear) activateAll();
  let nKept = 0;
  for (let k = 0; k < nActive; k++) nKept += i32(!isFixed(k, up, down));
  const hasRoom = narrow + 16 * <usize>((nKept + 3) & ~3) <= narrowEnd;
  if (10 * nKept > 7 * nActive || !hasRoom) return isNear;
  for (let k = 0; k < nActive; ) {
    if (isFixed(k, up, down)) {
      nActive--;
      swap(k, nActive);
      setAside(nActive);
    } else k++;
  }
  useColumns(false);
  return isNear;
}

/** Whether a member is at a bound and its violation keeps it there. */
function isFixed(k: i32, up: f64, down: f64): bool {
  const violation = numberAt(violations, k);
  const canWith = numberAt(withSide, k) === 0;
  const canAgainst = numberAt(againstSide, k) === 0;
  if (canWith) return !canAgainst && violation < down;
  return !canAgainst || violation > up;
}

function swap(a: i32, b: i32): void {
  swapNumbers(violations, a, b);
  swapNumbers(withSide, a, b);
  swapNumbers(againstSide, a, b);
  swapNumbers(ofSides, a, b);
  swapNumbers(ofAlphas, a, b);
  swapNumbers(ofBounds, a, b);
  swapHalves(ofDiagonal, a, b);
  swapHalves(ofRows, a, b);
}

function swapNumbers(array: usize, a: i32, b: i32): void {
  const held = numberAt(array, a);
  put(array, a, numberAt(array, b));
  put(array, b, held);
}

/** Swaps two numbers of four bytes. */
function swapHalves(array: usize, a: i32, b: i32): void {
  const held = load<i32>(array + ((<usize>a) << 2));
  store<i32>(array + ((<usize>a) << 2), load<i32>(array + ((<usize>b) << 2)));
  store<i32>(array + ((<usize>b) << 2), held);
}

/** Takes all members back in, and computes the gradients of those that were set aside anew. */
function activateAll(): void {
  if (nActive === nAll) return;
  memory.fill(weighted, 0, 8 * <usize>nPadded);
  const areAllRows = nAll === nRows;
  for (let j = 0; j < nAll; j++) {
    const alpha = numberAt(ofAlphas, j);
    if (alpha !== 0) addKernels(kernelRow(rowAt(j), -1), alpha * numberAt(ofSides, j));
  }
  for (let k = nActive; k < nAll; k++) {
    put(violations, k, numberAt(ofSides, k) - numberAt(weighted, rowAt(k)));
    setStatus(k);
  }
  nActive = nAll;
  if (areAllRows) sortByRow();
  useColumns(areAllRows);
}

function addKernels(kernels: usize, weight: f64): void {
  const weights = f64x2.splat(weight);
  const to = weighted;
  const n = <usize>nPadded;
  for (let row: usize = 0; row < n; row += 4) {
    const values = v128.load(kernels + (row << 2));
    const at = to + (row << 3);
    const low = f64x2.mul(weights, f64x2.promote_low_f32x4(values));
    const high = f64x2.mul(weights, f64x2.promote_low_f32x4(v128.shuffle<i32>(values, values, 2, 3, 2, 3)));
    v128.store(at, f64x2.add(v128.load(at), low));
    v128.store(at, f64x2.add(v128.load(at, 16), high), 16);
  }
}

/** Brings each member to the place of its row, where all rows are members. */
function sortByRow(): void {
  for (let k = 0; k < nAll; k++) while (rowAt(k) !== k) swap(k, rowAt(k));
}
