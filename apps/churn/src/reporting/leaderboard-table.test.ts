import type { LeaderboardEntry } from '../training/leaderboard';
import type { TrainingReport } from '../training/training-report';
import { leaderboardCells } from './leaderboard-table';

const search = { scoring: ['rocAuc'] } as unknown as TrainingReport['search'];

function candidate(name: string, parameters: LeaderboardEntry['parameters']): LeaderboardEntry {
  return { name, parameters, cv: {}, fitSeconds: 1, scoreSeconds: 1, weight: null };
}

it('tells candidates of one name by the parameters in which they differ', () => {
  const leaderboard = [
    candidate('lr', { type: 'LogisticRegression', C: 1 / 3, penalty: 'l2' }),
    candidate('lr', { type: 'LogisticRegression', C: 1, penalty: 'l1' }),
    candidate('rf', { type: 'RandomForestClassifier', nEstimators: 10 }),
  ];
  const names = leaderboardCells({ leaderboard, search }).rows.map(([name]) => name);
  expect(names).toEqual(['lr: C 0.333, penalty l2', 'lr: C 1, penalty l1', 'rf']);
});
