// AssemblyScript. Sequential minimal optimisation.

import { useColumns } from './columns';
import { memberAt, nActive, nAll, numberAt, put, rowOf, setAside, setMembers, setStatus } from './members';
import {
  alphas,
  areAll,
  bounds,
  costs,
  diagonal,
  gradients,
  members,
  nNumbers,
  ofAlphas,
  ofBounds,
  ofDiagonal,
  ofMembers,
  ofSides,
  sides,
  violations,
} from './memory';
import { mostViolating, movePair, partnerOf } from './pairs';
import { activateAll, shrink } from './shrinking';

/**
 * Minimises `½ Σ_ij α_i α_j s_i s_j K_ij + Σ cost_i α_i` under `0 <= α_i <= bound_i` and `Σ s_i α_i = 0`, from α = 0, over the members of
 * the problem. Each step optimises the pair that violates optimality most, chosen by second-order information, until no pair violates it by
 * more than `tolerance` (Fan, Chen and Lin, "Working set selection using second order information", 2005). Members at a bound that are
 * unlikely to leave it are deactivated temporarily (Joachims' shrinking, as in libsvm). Members with a bound of 0 do not move, but get a
 * gradient, which determines their decision.
 *
 * Returns the number of steps, negative if it did not converge.
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
  setMembers(nMembers);
  let isWhole = areAll(nMembers);
  for (let k = 0; k < nMembers; k++) {
    const member = load<i32>(members + ((<usize>k) << 2));
    if (member !== k) isWhole = false;
    const side = numberAt(sides, member);
    put(violations, k, -side * numberAt(costs, member));
    put(ofSides, k, side);
    put(ofAlphas, k, 0);
    put(ofBounds, k, numberAt(bounds, member));
    store<f32>(ofDiagonal + ((<usize>k) << 2), load<f32>(diagonal + ((<usize>rowOf(member)) << 2)));
    store<i32>(ofMembers + ((<usize>k) << 2), member);
    setStatus(k);
  }
  // Active members are processed in fours, so the padding must be neutral.
  for (let k = nMembers; k < nNumbers; k++) {
    put(violations, k, 0);
    setAside(k);
    store<f32>(ofDiagonal + ((<usize>k) << 2), 0);
  }
  useColumns(isWhole);
}

/** Writes the result to the arrays indexed by member number. */
function finish(): void {
  for (let k = 0; k < nAll; k++) {
    const member = memberAt(k);
    put(alphas, member, numberAt(ofAlphas, k));
    put(gradients, member, -numberAt(ofSides, k) * numberAt(violations, k));
  }
}
