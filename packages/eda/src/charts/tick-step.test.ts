import { tickStep } from './tick-step.js';

it.each([0.003, 0.04, 0.5, 0.99, 1, 1.99, 2, 4.9, 5, 9.99, 10, 72, 365, 1022, 1e6])(
  'yields 4 to 10 ticks for %d',
  (length) => {
    const count = Math.floor(length / tickStep(length) + 1e-9);
    expect(count).toBeGreaterThanOrEqual(4);
    expect(count).toBeLessThanOrEqual(10);
  },
);
