import type { CommonReport } from '../training/training-report.js';

/** Sorts models: the best one first, the others by the rank of their best candidate on the leaderboard. */
export function bestFirst<M extends { readonly name: string }>(
  models: readonly M[],
  { best, leaderboard }: Pick<CommonReport, 'best' | 'leaderboard'>,
): M[] {
  const placeOf = ({ name }: M) => {
    const place = leaderboard.findIndex((entry) => entry.name === name);
    return name === best ? -1 : place < 0 ? leaderboard.length : place;
  };
  return [...models].sort((a, b) => placeOf(a) - placeOf(b));
}
