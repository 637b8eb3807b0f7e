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

/**
 * The maximum number of columns tried after the first change: those that brought the row closest then. Of wide tables, trials of all columns
 * would take minutes.
 */
const MAX_TRIED = 40;

interface Path extends Candidate {
  /** The training row that values are taken from. */
  readonly guide: CodedRow;
  /** The columns to try. */
  readonly columns: readonly number[];
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
      columns: search.space.seen.map((_, column) => column),
    })),
  );
  const reached: Candidate[] = [];
  for (let step = 0; step < MAX_CHANGES && paths.length > 0; step++) {
    const trials = paths.flatMap((path) => trialsOf(path, isAllowed));
    const decided = decideTrials(search, trials);
    const tried = new Map<Candidate, Tried[]>(paths.map((path) => [path, []]));
    trials.forEach((trial, i) => {
      const { origin } = trial.of;
      const isThere = decision.isReached(decided.codes[i], origin.code);
      const merit = isThere ? -costOf(search, changed(trial)) : decision.nearness(decided, i, origin.code);
      tried.get(trial.of)?.push({ trial, isThere, merit });
    });
    const next: Path[] = [];
    for (const path of paths) {
      const ranked = (tried.get(path) as Tried[]).sort(
        (a, b) => Number(b.isThere) - Number(a.isThere) || b.merit - a.merit,
      );
      if (ranked.length === 0) continue;
      const [best] = ranked;
      const candidate = changed(best.trial);
      if (best.isThere) reached.push(candidate);
      else {
        const columns = ranked.slice(0, MAX_TRIED).map(({ trial }) => trial.column);
        next.push({ ...candidate, guide: path.guide, columns });
      }
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
  const { origin, row, guide, columns } = path;
  const trials: Trial[] = [];
  for (const column of columns) {
    const value = guide[column];
    const isFree = Object.is(row[column], origin.row[column]) && isAllowed(column, row[column], value);
    if (isFree) trials.push({ of: path, column, value });
  }
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
