// AssemblyScript. Shrinking: deactivates members that are unlikely to move, and reactivates them.

import { useColumns } from './columns';
import { kernelRow } from './kernel-rows';
import {
  leaveOut,
  memberAt,
  nActive,
  nAll,
  numberAt,
  put,
  rowAt,
  setMembers,
  setStatus,
  sortByNumber,
} from './members';
import {
  againstSide,
  areAll,
  costs,
  narrow,
  narrowEnd,
  nPadded,
  ofAlphas,
  ofSides,
  violations,
  weighted,
  withSide,
} from './memory';

/**
 * Deactivates members that are at a bound and would not be chosen, if they are at least three tenths. When optimality is near for the first
 * time, all members are reactivated first. Returns whether it has been near.
 */
export function shrink(tolerance: f64, wasNear: bool): bool {
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
      leaveOut(k);
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

/** Reactivates all members, and recomputes the gradients of the inactive ones. */
export function activateAll(): void {
  if (nActive === nAll) return;
  memory.fill(weighted, 0, 8 * <usize>nPadded);
  const isWhole = areAll(nAll);
  for (let j = 0; j < nAll; j++) {
    const alpha = numberAt(ofAlphas, j);
    if (alpha !== 0) addKernels(kernelRow(rowAt(j), -1), alpha * numberAt(ofSides, j));
  }
  for (let k = nActive; k < nAll; k++) {
    put(violations, k, -numberAt(ofSides, k) * numberAt(costs, memberAt(k)) - numberAt(weighted, rowAt(k)));
    setStatus(k);
  }
  setMembers(nAll);
  if (isWhole) sortByNumber();
  useColumns(isWhole);
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
