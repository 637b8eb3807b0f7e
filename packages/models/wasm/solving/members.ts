// AssemblyScript. The members of a problem during solving, active ones first.

import { againstSide, nPadded, ofAlphas, ofBounds, ofDiagonal, ofMembers, ofSides, violations, withSide } from './memory';

export let nAll: i32 = 0;
export let nActive: i32 = 0;
@inline
export function numberAt(array: usize, k: i32): f64 {
  return load<f64>(array + ((<usize>k) << 3));
}

@inline
export function put(array: usize, k: i32, value: f64): void {
  store<f64>(array + ((<usize>k) << 3), value);
}

/** The number of the member at an index. */
@inline
export function memberAt(k: i32): i32 {
  return load<i32>(ofMembers + ((<usize>k) << 2));
}

@inline
export function rowOf(member: i32): i32 {
  return member < nPadded ? member : member - nPadded;
}

@inline
export function rowAt(k: i32): i32 {
  return rowOf(memberAt(k));
}

@inline
export function diagonalAt(k: i32): f32 {
  return load<f32>(ofDiagonal + ((<usize>k) << 2));
}

/** Sets whether α can move with its side, and against it. */
export function setStatus(k: i32): void {
  const alpha = numberAt(ofAlphas, k);
  const isBelow = alpha < numberAt(ofBounds, k);
  const isAbove = alpha > 0;
  const isPositive = numberAt(ofSides, k) > 0;
  const canWith = isPositive ? isBelow : isAbove;
  const canAgainst = isPositive ? isAbove : isBelow;
  put(withSide, k, canWith ? 0 : -Infinity);
  put(againstSide, k, canAgainst ? 0 : Infinity);
}

/** Sets the number of members, all of them active. */
export function setMembers(n: i32): void {
  nAll = n;
  nActive = n;
}

/** Deactivates a member: swaps it with the last active one. */
export function leaveOut(k: i32): void {
  nActive--;
  swap(k, nActive);
  setAside(nActive);
}

/** Excludes a member from all pairs. */
export function setAside(k: i32): void {
  put(withSide, k, -Infinity);
  put(againstSide, k, Infinity);
}

function swap(a: i32, b: i32): void {
  swapNumbers(violations, a, b);
  swapNumbers(withSide, a, b);
  swapNumbers(againstSide, a, b);
  swapNumbers(ofSides, a, b);
  swapNumbers(ofAlphas, a, b);
  swapNumbers(ofBounds, a, b);
  swapHalves(ofDiagonal, a, b);
  swapHalves(ofMembers, a, b);
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

/** Sorts the members by their number, if all are members. */
export function sortByNumber(): void {
  for (let k = 0; k < nAll; k++) while (memberAt(k) !== k) swap(k, memberAt(k));
}
