import { Random } from '@churn/core';
import { valueInterval } from './value-interval';

it('holds new values as often as it promises, also where they are skewed', () => {
  const random = new Random(3);
  const draw = (n: number) => Float64Array.from({ length: n }, () => random.normal() ** 2);
  let held = 0;
  for (let set = 0; set < 400; set++) {
    const { low, high } = valueInterval(draw(59), new Float64Array(59), 0.9);
    held += draw(50).filter((value) => value >= low && value <= high).length / 50;
  }
  // Tails of 60 places: 3 of them each, so that 0.9 is held exactly; the deviation of the mean is about 0.002.
  expect(held / 400).toBeGreaterThan(0.892);
  expect(held / 400).toBeLessThan(0.908);
});

it('goes from the least residual to the largest where rows are few', () => {
  expect(valueInterval(Float64Array.of(5, 1, 3), [2, 2, 2], 0.9)).toEqual({
    coverage: 0.9,
    low: -1,
    high: 3,
  });
});
