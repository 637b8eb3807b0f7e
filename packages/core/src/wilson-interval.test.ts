import { wilsonInterval } from './wilson-interval.js';

it('contains the share, and spans [0, 1] for no rows', () => {
  expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  expect(wilsonInterval(5, 5)[1]).toBe(1);
  const [low, high] = wilsonInterval(30, 100);
  expect(low).toBeLessThan(0.3);
  expect(high).toBeGreaterThan(0.3);
});

it('agrees with scipy for another level of confidence', () => {
  // binomtest(30, 100).proportion_ci(0.9, method='wilson')
  const [low, high] = wilsonInterval(30, 100, 0.9);
  expect(low).toBeCloseTo(0.2307049543691453, 14);
  expect(high).toBeCloseTo(0.3798321339441244, 14);
});
