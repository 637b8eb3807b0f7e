import { levelsAt } from './levels.js';

test('fills the shares in their order and skips a level without one', () => {
  const probabilities = Float64Array.of(0, 0.24, 0.25, 0.6, 0.999);
  expect([...levelsAt(probabilities, [0.25, 0, 0.5, 0.25])]).toEqual([0, 0, 2, 2, 3]);
});

test('never gives a last level without a share', () => {
  expect([...levelsAt(Float64Array.of(0.99999), [0.3333, 0.6666, 0])]).toEqual([1]);
});
