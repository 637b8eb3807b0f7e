import { type Candidate, changed, decide, type Origin, type Search } from './search.js';
import { someOf } from './seen-numbers.js';

/** How many values of a column are tried. */
const VALUES = 12;

/** For each origin, what it could become by one column alone: the nearest value of each column that is enough, of those tried. */
export function singleChanges(search: Search, origins: readonly Origin[]): Candidate[] {
  const { space, mayBecome, decision } = search;
  const tried = space.seen.map((values, j) =>
    space.isCategory[j] ? values.slice(0, VALUES) : someOf(values, VALUES),
  );
  const trials = origins.flatMap((origin) =>
    tried.flatMap((values, column) =>
      Array.from(values)
        .filter((value) => mayBecome(column, origin.row[column], value))
        .map((value) => ({ column, ...changed({ origin, row: origin.row }, column, value) })),
    ),
  );
  const { codes } = decide(search, trials);
  const nearest = new Map<Origin, Map<number, Candidate>>();
  trials.forEach((trial, i) => {
    const { origin, column, row } = trial;
    if (!decision.isReached(codes[i], origin.code)) return;
    const found = nearest.get(origin) ?? new Map<number, Candidate>();
    nearest.set(origin, found);
    const rival = found.get(column);
    const gap = (candidate: Candidate) => space.gap(column, origin.row[column], candidate.row[column]);
    if (!rival || gap(trial) < gap(rival)) found.set(column, { origin, row });
  });
  return [...nearest.values()].flatMap((found) => [...found.values()]);
}
