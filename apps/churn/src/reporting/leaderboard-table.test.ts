import type { LeaderboardEntry } from '../training/leaderboard';
import type { TrainingReport } from '../training/training-report';
import { leaderboardCells } from './leaderboard-table';

const search = { scoring: ['rocAuc'] } as unknown as TrainingReport['search'];

function candidate(name: string, parameters: LeaderboardEntry['parameters']): LeaderboardEntry {
  return { name, parameters, cv: {}, fitSeconds: 1, scoreSeconds: 1, weight: null };
}

it('distinguishes candidates of one name by the parameters that differ', () => {
  const leaderboard = [
    candidate('lr', { type: 'LogisticRegression', C: 1 / 3, penalty: 'l2' }),
    candidate('lr', { type: 'LogisticRegression', C: 1, penalty: 'l1' }),
    candidate('rf', { type: 'RandomForestClassifier', nEstimators: 10 }),
  ];
  const names = leaderboardCells({ leaderboard, models: {}, search }).rows.map(([name]) => name);
  expect(names).toEqual(['lr: C 0.333, penalty l2', 'lr: C 1, penalty l1', 'rf']);
});

it('names an ensemble of one by its member, and shows weights only of several', () => {
  const entry = (name: string, weight: number | null) => ({ ...candidate(name, {}), weight });
  const ofMembers = (...members: string[]) =>
    ({
      ensemble: { parameters: { members: members.map((model) => ({ model })), calibration: 'sigmoid' } },
    }) as unknown as TrainingReport['models'];
  const one = leaderboardCells({
    leaderboard: [entry('ensemble', null), entry('rf', 1), entry('lr', 0)],
    models: ofMembers('rf'),
    search,
  });
  expect(one.rows.map(([name]) => name)).toEqual(['ensemble: rf, calibrated', 'rf', 'lr']);
  expect(one.head).not.toContain('weight');
  const two = leaderboardCells({
    leaderboard: [entry('ensemble', null), entry('rf', 0.6), entry('lr', 0.4)],
    models: ofMembers('rf', 'lr'),
    search,
  });
  expect(two.rows[0][0]).toBe('ensemble');
  expect(two.head).toContain('weight');
});
