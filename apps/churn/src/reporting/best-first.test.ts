import type { LeaderboardEntry } from '../training/leaderboard';
import { bestFirst } from './best-first';

it('puts the best model first, others by their best candidates, and those without any last', () => {
  const models = ['blend', 'a', 'b', 'unranked', 'c'].map((name) => ({ name }));
  const leaderboard = ['c', 'a', 'c', 'b'].map((name) => ({ name }) as LeaderboardEntry);
  const order = bestFirst(models, { best: 'blend', leaderboard }).map(({ name }) => name);
  expect(order).toEqual(['blend', 'c', 'a', 'b', 'unranked']);
});
