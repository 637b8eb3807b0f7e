import type { ScoredCandidate } from '@churn/selection';
import type { Candidate } from '../config/model-config';
import { fitTime, timeAfterSearch } from './fit-time';

const config = (workers: number, refit: boolean) => ({
  workers,
  split: { testSize: 0.5, refit },
  crossValidation: { folds: 5, scoring: ['rocAuc' as const] },
});

it('accounts for threads, the longest fit, and the rows missing from a fold', () => {
  const once = fitTime([80], config(1, false));
  expect(once).toBeGreaterThan(100);
  expect(fitTime([80, 80], config(1, false))).toBeCloseTo(2 * once, 9);
  expect(fitTime([80, 80], config(2, false))).toBeCloseTo(once, 9);
  expect(fitTime([80, 20], config(4, false))).toBeCloseTo(once, 9);
  // Twice as many rows once more.
  expect(fitTime([80], config(1, true))).toBeCloseTo(3 * once, 9);
});

it('reserves time for each listed model, or for the likely members of a blend', () => {
  const found = Array.from({ length: 9 }, (_, index) => ({
    params: { model: `m${index % 3}` } as Candidate,
    fitMs: 10 * (index + 1),
    scores: { logLoss: { mean: 1 - index / 10 } },
  })) as unknown as ScoredCandidate<Candidate>[];
  const once = config(1, false);
  expect(timeAfterSearch(found, 'logLoss', { ...once, models: {} })).toBeCloseTo(
    fitTime([70, 80, 90], once),
    9,
  );
  expect(timeAfterSearch(found, 'logLoss', { ...once, models: 'auto' })).toBeCloseTo(
    fitTime([50, 60, 70, 80, 90], once),
    9,
  );
  // Of a score the highest are the best.
  const scored = found.map((each) => ({ ...each, scores: { concordance: each.scores.logLoss } }));
  expect(timeAfterSearch(scored as typeof found, 'concordance', { ...once, models: 'auto' })).toBeCloseTo(
    fitTime([10, 20, 30, 40, 50], once),
    9,
  );
  expect(timeAfterSearch([], 'logLoss', { ...once, models: 'auto' })).toBe(0);
});
