import type { CodedRow } from './row-coding.js';
import { type Candidate, changed, costOf, decide, type Origin, type Search } from './search.js';

/** How many training rows each origin is led towards. */
const GUIDES = 6;
/** The most columns that are changed. */
const MOST_CHANGES = 6;

interface Way extends Candidate {
  /** The training row that values are taken from. */
  readonly guide: CodedRow;
}

/**
 * For each origin, what it could become by taking values of the nearest training rows that are decided otherwise: column by column, each
 * time the one that leads nearest to another decision, until it is reached. (Brughmans et al., "NICE", 2021.)
 */
export function changesTowardsSeen(search: Search, origins: readonly Origin[]): Candidate[] {
  const { mayBecome, decision } = search;
  let ways: Way[] = origins.flatMap((origin) =>
    guidesOf(search, origin).map((guide) => ({ origin, row: origin.row, guide })),
  );
  const reached: Candidate[] = [];
  for (let step = 0; step < MOST_CHANGES && ways.length > 0; step++) {
    const trials = ways.flatMap((way, from) =>
      Array.from(way.guide.keys())
        .filter((j) => Object.is(way.row[j], way.origin.row[j]) && mayBecome(j, way.row[j], way.guide[j]))
        .map((j) => ({ from, ...changed(way, j, way.guide[j]) })),
    );
    const decided = decide(search, trials);
    const best = new Map<
      number,
      { readonly row: CodedRow; readonly isThere: boolean; readonly merit: number }
    >();
    trials.forEach((trial, i) => {
      const { origin, from, row } = trial;
      const isThere = decision.isReached(decided.codes[i], origin.code);
      const merit = isThere ? -costOf(search, trial) : decision.nearness(decided, i, origin.code);
      const rival = best.get(from);
      const isBetter = !rival || (isThere === rival.isThere ? merit > rival.merit : isThere);
      if (isBetter) best.set(from, { row, isThere, merit });
    });
    const next: Way[] = [];
    for (const [from, { row, isThere }] of best) {
      const { origin, guide } = ways[from];
      if (isThere) reached.push({ origin, row });
      else next.push({ origin, row, guide });
    }
    ways = next;
  }
  return reached;
}

/** The training rows nearest to an origin that are decided as it is sought. */
function guidesOf(
  { space, decision, plausibility, trainingCodes }: Search,
  { row, code }: Origin,
): CodedRow[] {
  const nearest: { readonly seen: CodedRow; readonly distance: number }[] = [];
  plausibility.training.forEach((seen, i) => {
    if (!decision.isReached(trainingCodes[i], code)) return;
    const limit = nearest.length < GUIDES ? Infinity : nearest[GUIDES - 1].distance;
    const distance = space.distance(row, seen, limit);
    if (distance >= limit) return;
    nearest.push({ seen, distance });
    nearest.sort((a, b) => a.distance - b.distance);
    nearest.length = Math.min(nearest.length, GUIDES);
  });
  return nearest.map(({ seen }) => seen);
}
