import { lowerBound } from '@churn/core';
import { type Candidate, changed, changedColumns, decideTrials, type Search, type Trial } from './search.js';
import { someOf } from './seen-numbers.js';

/** How many of the numbers that training saw between two values are steps on the way from one to the other. */
const STEPS = 127;

/**
 * The candidates with changes no larger than they need to be: column after column, the largest change first, each goes back to the value of
 * the origin, or as near to it as the decision allows, among the numbers that training saw.
 */
export function smallestChanges(search: Search, candidates: readonly Candidate[]): Candidate[] {
  const { space, decision } = search;
  const orders = candidates.map(({ origin, row }) => {
    const gapOf = (j: number) => space.gap(j, origin.row[j], row[j]);
    return changedColumns({ origin, row }).sort((a, b) => gapOf(b) - gapOf(a));
  });
  let found = [...candidates];
  const most = orders.reduce((longest, order) => Math.max(longest, order.length), 0);
  for (let place = 0; place < most; place++) {
    // The values to choose among, the nearest to the origin first; the last is known to do.
    const halvings = found.flatMap((candidate, at) => {
      const column = orders[at][place];
      if (column === undefined) return [];
      const values = valuesBetween(search, candidate, column);
      return [{ at, column, values, low: 0, high: values.length - 1, tried: 0 }];
    });
    for (;;) {
      const open = halvings.filter(({ low, high }) => low < high);
      if (open.length === 0) break;
      const trials = open.map(
        ({ at, column, values, tried }): Trial => ({ of: found[at], column, value: values[tried] }),
      );
      const { codes } = decideTrials(search, trials);
      open.forEach((each, i) => {
        if (decision.isReached(codes[i], trials[i].of.origin.code)) each.high = each.tried;
        else each.low = each.tried + 1;
        each.tried = (each.low + each.high) >> 1;
      });
    }
    found = found.slice();
    for (const { at, column, values, high } of halvings) {
      found[at] = changed({ of: found[at], column, value: values[high] });
    }
  }
  return found;
}

/** The origin's value in a column, the numbers seen between it and the candidate's, and that. */
function valuesBetween({ space, mayBecome }: Search, { origin, row }: Candidate, column: number): number[] {
  const [from, to] = [origin.row[column], row[column]];
  if (space.isCategory[column]) return [from, to];
  const seen = space.seen[column];
  const between = seen.subarray(lowerBound(seen, Math.min(from, to)), lowerBound(seen, Math.max(from, to)));
  const some = Array.from(someOf(between, STEPS)).filter(
    (value) => value !== from && value !== to && mayBecome(column, from, value),
  );
  return [from, ...(to < from ? some.reverse() : some), to];
}
