import type { Surroundings } from './plausibility.js';
import type { CodedRow } from './row-coding.js';
import {
  type Candidate,
  changed,
  costOf,
  decideTrials,
  type Origin,
  type Search,
  type Trial,
} from './search.js';

/** How many training rows each origin is led towards. */
const GUIDES = 6;

/** The maximum number of columns that are changed. */
const MOST_CHANGES = 6;

interface Way extends Candidate {
  /** The training row that values are taken from. */
  readonly guide: CodedRow;
}

/**
 * For each origin, what it could become by taking values of the nearest training rows that are decided otherwise: column by column, each
 * time the one that leads nearest to another decision, until it is reached. (Brughmans et al., "NICE", 2021.)
 */
export function changesTowardsSeen(
  search: Search,
  origins: readonly Origin[],
  surroundings: ReadonlyMap<Origin, Surroundings>,
): Candidate[] {
  const { mayBecome, decision } = search;
  let ways: Way[] = origins.flatMap((origin) =>
    guidesOf(search, origin, surroundings.get(origin) as Surroundings).map((guide) => ({
      ...{ origin, guide },
      row: origin.row,
    })),
  );
  const reached: Candidate[] = [];
  for (let step = 0; step < MOST_CHANGES && ways.length > 0; step++) {
    const trials = ways.flatMap((way) => trialsOf(way, mayBecome));
    const decided = decideTrials(search, trials);
    const best = new Map<Candidate, Tried>();
    trials.forEach((trial, i) => {
      const { origin } = trial.of;
      const isThere = decision.isReached(decided.codes[i], origin.code);
      const merit = isThere ? -costOf(search, changed(trial)) : decision.nearness(decided, i, origin.code);
      const rival = best.get(trial.of);
      const isBetter = !rival || (isThere === rival.isThere ? merit > rival.merit : isThere);
      if (isBetter) best.set(trial.of, { trial, isThere, merit });
    });
    const next: Way[] = [];
    for (const way of ways) {
      const found = best.get(way);
      if (!found) continue;
      const candidate = changed(found.trial);
      if (found.isThere) reached.push(candidate);
      else next.push({ ...candidate, guide: way.guide });
    }
    ways = next;
  }
  return reached;
}

interface Tried {
  readonly trial: Trial;
  readonly isThere: boolean;
  readonly merit: number;
}

/** The columns that a way has not yet taken over from its guide, and may, one by one. */
function trialsOf(way: Way, mayBecome: Search['mayBecome']): Trial[] {
  const { origin, row, guide } = way;
  const trials: Trial[] = [];
  guide.forEach((value, column) => {
    const isFree = Object.is(row[column], origin.row[column]) && mayBecome(column, row[column], value);
    if (isFree) trials.push({ of: way, column, value });
  });
  return trials;
}

/** The training rows nearest to an origin that are decided as it is sought. */
function guidesOf(
  { decision, plausibility, trainingCodes }: Search,
  { code }: Origin,
  { distances }: Surroundings,
): CodedRow[] {
  const nearest: number[] = [];
  distances.forEach((distance, i) => {
    const last = nearest[GUIDES - 1];
    if (last !== undefined && distance >= distances[last]) return;
    if (!decision.isReached(trainingCodes[i], code)) return;
    nearest.push(i);
    nearest.sort((a, b) => distances[a] - distances[b]);
    nearest.length = Math.min(nearest.length, GUIDES);
  });
  return nearest.map((i) => plausibility.training[i]);
}
