import type { ScoringModel } from '../scoring/scoring-model';
import { upliftSource, upliftText } from './uplift-source';

const treatment = { column: 'offer', control: 'none', treated: 'sent' };
const uplift = { treatment, qini: { value: 0.1, low: 0, high: 0.2 }, predict: () => new Float64Array() };
const knowing = { scoring: { uplift } as Partial<ScoringModel> as ScoringModel };
const ignorant = { scoring: {} as ScoringModel };

it('uses the named column, otherwise the uplift of the model, if it has one', () => {
  expect(upliftSource('effect', knowing)).toEqual({ column: 'effect' });
  expect(upliftSource('effect', { column: 'p' })).toEqual({ column: 'effect' });
  expect(upliftSource(undefined, knowing)).toEqual({ treatment });
  expect(upliftSource(undefined, ignorant)).toBeUndefined();
  expect(upliftSource(undefined, { column: 'p' })).toBeUndefined();
  expect(upliftSource(false, knowing)).toBeUndefined();
});

it('describes the source', () => {
  expect(upliftText({ column: 'effect' })).toBe('the uplift in the column “effect”');
  expect(upliftText({ treatment })).toBe("the model's uplift of “sent” in “offer”");
});
