import { changesTowardsTraining } from './changes-towards-training.js';
import type { Surroundings } from './plausibility.js';
import { type Candidate, changedColumns, costOf, type Origin, type Search } from './search.js';
import { singleChanges } from './single-changes.js';
import { smallestChanges } from './smallest-changes.js';

/** How many candidates are refined per counterfactual requested. */
const REFINED = 3;

/** For each origin, the closest plausible candidates, the closest first, each changing a different set of columns. */
export function closestCandidates(
  search: Search,
  origins: readonly Origin[],
  count: number,
): Map<Origin, Candidate[]> {
  const surroundings = new Map(origins.map((origin) => [origin, search.plausibility.around(origin.row)]));
  const isPlausible = ({ origin, row }: Candidate) => {
    const moved = search.space.distance(origin.row, row);
    return search.plausibility.isPlausible(row, moved, surroundings.get(origin) as Surroundings);
  };
  const found = [...singleChanges(search, origins), ...changesTowardsTraining(search, origins, surroundings)];
  const close = [...byOrigin(search, found).values()].flatMap((candidates) =>
    firstOf(candidates, REFINED * count, oneOfEach(isPlausible)),
  );
  const smaller = smallestChanges(search, close);
  const plausible = smaller.map((candidate, i) => (isPlausible(candidate) ? candidate : close[i]));
  const closest = new Map<Origin, Candidate[]>();
  for (const [origin, candidates] of byOrigin(search, plausible)) {
    closest.set(origin, firstOf(candidates, count, oneOfEach()));
  }
  return closest;
}

/** The candidates of each origin, the cheapest first. */
function byOrigin(search: Search, candidates: readonly Candidate[]): Map<Origin, Candidate[]> {
  const priced = candidates.map((candidate) => ({ candidate, cost: costOf(search, candidate) }));
  const groups = new Map<Origin, Candidate[]>();
  for (const { candidate } of priced.sort((a, b) => a.cost - b.cost)) {
    const group = groups.get(candidate.origin);
    if (group) group.push(candidate);
    else groups.set(candidate.origin, [candidate]);
  }
  return groups;
}

/** Accepts one candidate per set of changed columns: the first that `accepts` accepts. */
function oneOfEach(accepts = (_: Candidate) => true): (candidate: Candidate) => boolean {
  const taken = new Set<string>();
  return (candidate) => {
    const columns = changedColumns(candidate).join();
    if (taken.has(columns) || !accepts(candidate)) return false;
    taken.add(columns);
    return true;
  };
}

/** The first `count` accepted values. */
function firstOf<T>(values: readonly T[], count: number, accepts: (value: T) => boolean): T[] {
  const taken: T[] = [];
  for (const value of values) {
    if (taken.length === count) break;
    if (accepts(value)) taken.push(value);
  }
  return taken;
}
