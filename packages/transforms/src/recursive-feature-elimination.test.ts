import { byName, labels, selects, x } from '../test/feature-selection';
import { RecursiveFeatureElimination } from './recursive-feature-elimination';

selects(new RecursiveFeatureElimination({ model: byName, nFeatures: 2 }), RecursiveFeatureElimination);

describe('RecursiveFeatureElimination', () => {
  const fit = (options: object) =>
    new RecursiveFeatureElimination({ model: byName, ...options }).fit(x, labels);

  it('drops the least important feature, round by round, and ranks by the rounds', () => {
    expect(fit({ nFeatures: 2 }).state).toEqual({
      selected: ['c3', 'c4'],
      dropped: ['c0', 'c1', 'c2'],
      scores: { c0: 4, c1: 3, c2: 2, c3: 1, c4: 1 },
    });
    expect(fit({}).state.selected).toEqual(['c3', 'c4']);
    expect(fit({ nFeatures: 1, step: 3 }).state.scores).toEqual({ c0: 3, c1: 3, c2: 3, c3: 2, c4: 1 });
    expect(fit({ nFeatures: 0.3, step: 0.4 }).state.scores).toEqual({ c0: 3, c1: 3, c2: 2, c3: 2, c4: 1 });
  });

  it('rejects fractional numbers of columns', () => {
    expect(() => fit({ nFeatures: 1.5 })).toThrow(
      'nFeatures: expected an integer or a share below 1, got 1.5',
    );
    expect(() => fit({ step: 2.5 })).toThrow('step: expected an integer or a share below 1, got 2.5');
  });
});
