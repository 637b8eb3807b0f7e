import { roundTo, valuesAt } from './quantile.js';

const at = (...probabilities: number[]) => Float64Array.from(probabilities);

test('joins the points by straight lines and rounds', () => {
  const values = valuesAt(at(0, 0.25, 0.5, 0.75, 0.999), { value: [10, 20, 41] }, [0, 0.5, 1], 0);
  expect([...values]).toEqual([10, 15, 20, 31, 41]);
});

test('gives a value that piles up unrounded, for its whole share', () => {
  const knots = { p: [0, 0.4, 0.4, 1], value: [1438.3, 1438.3, 1500, 1600] };
  expect([...valuesAt(at(0, 0.2, 0.399, 0.4, 0.7), knots, [], 0)]).toEqual([
    1438.3, 1438.3, 1438.3, 1500, 1550,
  ]);
});

test('rounds to decimals', () => {
  expect(roundTo(0.7145, 3)).toBe(0.715);
  expect(roundTo(1438.3 - 1000, 1)).toBe(438.3);
});
