import { lowerBound } from '@churn/core';
import { evenlySpaced } from './distinct-numbers.js';
import { type Candidate, changed, changedColumns, decideTrials, type Search, type Trial } from './search.js';

/** The maximum number of training values that are considered between two values. */
const STEPS = 127;

/**
 * Reduces each change of the candidates as far as the decision allows: one column at a time, the largest change first, the value moves back
 * to that of the origin, or to the training value closest to it.
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
    // Values are ordered by their distance from the origin; the last is known to alter the decision.
    const bisections = found.flatMap((candidate, at) => {
      const column = orders[at][place];
      if (column === undefined) return [];
      const values = valuesBetween(search, candidate, column);
      return [{ at, column, values, low: 0, high: values.length - 1, tried: 0 }];
    });
    for (;;) {
      const open = bisections.filter(({ low, high }) => low < high);
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
    for (const { at, column, values, high } of bisections) {
      found[at] = changed({ of: found[at], column, value: values[high] });
    }
  }
  return found;
}

/** The origin's value in a column, the training values between it and the candidate's, and the candidate's. */
function valuesBetween({ space, isAllowed }: Search, { origin, row }: Candidate, column: number): number[] {
  const [from, to] = [origin.row[column], row[column]];
  if (space.isCategory[column]) return [from, to];
  const seen = space.seen[column];
  const between = seen.subarray(lowerBound(seen, Math.min(from, to)), lowerBound(seen, Math.max(from, to)));
  const some = Array.from(evenlySpaced(between, STEPS)).filter(
    (value) => value !== from && value !== to && isAllowed(column, from, value),
  );
  return [from, ...(to < from ? some.reverse() : some), to];
}
