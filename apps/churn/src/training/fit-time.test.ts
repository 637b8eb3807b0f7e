import { fitTime } from './fit-time';

const config = (workers: number, refit: boolean) => ({
  workers,
  split: { testSize: 0.5, refit },
  crossValidation: { folds: 5, scoring: ['rocAuc' as const] },
});

it('counts what threads share, the longest fit, and rows that a fold lacks', () => {
  const once = fitTime([80], config(1, false));
  expect(once).toBeGreaterThan(100);
  expect(fitTime([80, 80], config(1, false))).toBeCloseTo(2 * once, 9);
  expect(fitTime([80, 80], config(2, false))).toBeCloseTo(once, 9);
  expect(fitTime([80, 20], config(4, false))).toBeCloseTo(once, 9);
  // Twice as many rows once more.
  expect(fitTime([80], config(1, true))).toBeCloseTo(3 * once, 9);
});
