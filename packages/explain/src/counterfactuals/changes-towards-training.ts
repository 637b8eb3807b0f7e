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

/** The number of training rows per origin from which values are taken. */
const GUIDES = 6;

/** The maximum number of columns that are changed. */
const MAX_CHANGES = 6;

interface Path extends Candidate {
  /** The training row that values are taken from. */
  readonly guide: CodedRow;
}

/**
 * Candidates made by copying values from the nearest training rows with another decision: one column at a time, always the one that
 * brings the row closest to another decision, until the decision changes (Brughmans et al., "NICE", 2021).
 */
export function changesTowardsTraining(
  search: Search,
  origins: readonly Origin[],
  surroundings: ReadonlyMap<Origin, Surroundings>,
): Candidate[] {
  const { isAllowed, decision } = search;
  let paths: Path[] = origins.flatMap((origin) =>
    guidesOf(search, origin, surroundings.get(origin) as Surroundings).map((guide) => ({
      ...{ origin, guide },
      row: origin.row,
    })),
  );
  const reached: Candidate[] = [];
  for (let step = 0; step < MAX_CHANGES && paths.length > 0; step++) {
    const trials = paths.flatMap((path) => trialsOf(path, isAllowed));
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
    const next: Path[] = [];
    for (const path of paths) {
      const found = best.get(path);
      if (!found) continue;
      const candidate = changed(found.trial);
      if (found.isThere) reached.push(candidate);
      else next.push({ ...candidate, guide: path.guide });
    }
    paths = next;
  }
  return reached;
}

interface Tried {
  readonly trial: Trial;
  readonly isThere: boolean;
  readonly merit: number;
}

/** One trial for each value of the guide that may still be copied. */
function trialsOf(path: Path, isAllowed: Search['isAllowed']): Trial[] {
  const { origin, row, guide } = path;
  const trials: Trial[] = [];
  guide.forEach((value, column) => {
    const isFree = Object.is(row[column], origin.row[column]) && isAllowed(column, row[column], value);
    if (isFree) trials.push({ of: path, column, value });
  });
  return trials;
}

/** The nearest training rows that have a desired decision. */
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
