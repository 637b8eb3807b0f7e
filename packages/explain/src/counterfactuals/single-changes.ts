import { evenlySpaced } from './distinct-numbers.js';
import { type Candidate, changed, decideTrials, type Origin, type Search, type Trial } from './search.js';

/** The number of values tried per column. */
const VALUES = 8;

/** Candidates that change a single column, each to the nearest of the values tried that alters the decision. */
export function singleChanges(search: Search, origins: readonly Origin[]): Candidate[] {
  const { space, isAllowed, decision } = search;
  const tried = space.seen.map((values, j) =>
    space.isCategory[j] ? values.slice(0, VALUES) : evenlySpaced(values, VALUES),
  );
  const trials = origins.flatMap((origin) => {
    const { row } = origin;
    const of = { origin, row };
    return tried.flatMap((values, column): Trial[] =>
      Array.from(values)
        .filter((value) => isAllowed(column, row[column], value))
        .map((value) => ({ of, column, value })),
    );
  });
  const { codes } = decideTrials(search, trials);
  const nearest = new Map<Origin, Map<number, Trial>>();
  trials.forEach((trial, i) => {
    const { of, column } = trial;
    const { origin } = of;
    if (!decision.isReached(codes[i], origin.code)) return;
    const found = nearest.get(origin) ?? new Map<number, Trial>();
    nearest.set(origin, found);
    const rival = found.get(column);
    const gap = ({ value }: Trial) => space.gap(column, origin.row[column], value);
    if (!rival || gap(trial) < gap(rival)) found.set(column, trial);
  });
  return [...nearest.values()].flatMap((found) => [...found.values()].map(changed));
}
