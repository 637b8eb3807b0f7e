// AssemblyScript. The rows at the root of a tree.

import { cellOf } from './cells';
import {
  amounts,
  areAmounts,
  areCounted,
  CLASS,
  classes,
  leftWeights,
  nRows,
  nSums,
  NUMBER,
  ROW_BITS,
  rows,
  rowWeights,
  setCounted,
  WEIGHT,
} from './memory';

/** Gathers the rows with a positive weight, and writes their sums to those of the left side. */
export function takeRows(): i32 {
  memory.fill(leftWeights, 0, <usize>nSums << 3);
  let nTaken = 0;
  let total: f64 = 0;
  let areWhole = true;
  for (let row = 0; row < nRows; row++) {
    const weight = load<f64>(rowWeights + ((<usize>row) << 3));
    if (weight == 0) continue;
    const at = rows + (<usize>nTaken << ROW_BITS);
    store<u32>(at, row);
    store<f64>(at, weight, WEIGHT);
    if (areAmounts()) {
      store<u32>(at, row, NUMBER);
      addAmount(leftWeights, row, weight);
    } else {
      const ofClass = <u32>load<u8>(classes + row) << 3;
      store<u32>(at, ofClass, CLASS);
      store<f64>(leftWeights + ofClass, load<f64>(leftWeights + ofClass) + weight);
    }
    total += weight;
    areWhole = areWhole && weight == Math.floor(weight);
    nTaken++;
  }
  setCounted(nSums == 2 && areWhole && total <= <f64>u32.MAX_VALUE);
  if (areCounted) {
    if (areAmounts()) countAmounts(nTaken);
    else countWeights(nTaken);
  }
  return nTaken;
}

/** Adds the weight of a row, and its target value times weight, to two sums. */
@inline
export function addAmount(to: usize, row: usize, weight: f64): void {
  const amount = load<f64>(amounts + (row << 3));
  v128.store(to, f64x2.add(v128.load(to), f64x2.replace_lane(f64x2.splat(weight), 1, weight * amount)));
}

function countWeights(nTaken: i32): void {
  const last = rows + (<usize>nTaken << ROW_BITS);
  for (let at = rows; at < last; at += 1 << ROW_BITS) {
    const weight = <u64>load<f64>(at, WEIGHT);
    // The second class is in the upper half.
    store<u64>(at, weight << (<u64>load<u32>(at, CLASS) << 2), WEIGHT);
  }
}

function countAmounts(nTaken: i32): void {
  const last = rows + (<usize>nTaken << ROW_BITS);
  let sum = i64x2.splat(0);
  for (let at = rows; at < last; at += 1 << ROW_BITS) {
    const weight = <u32>load<f64>(at, WEIGHT);
    const amount = <i64>load<f64>(amounts + (<usize>load<u32>(at, NUMBER) << 3));
    store<u32>(at, weight, NUMBER);
    store<i64>(at, amount * <i64>weight, WEIGHT);
    sum = i64x2.add(sum, cellOf(v128.load(at)));
  }
  v128.store(leftWeights, sum);
}
