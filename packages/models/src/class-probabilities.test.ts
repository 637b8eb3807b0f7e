import { classProbabilities } from './class-probabilities.js';

it('is the sigmoid of one score', () => {
  const [first, second] = classProbabilities([Float64Array.of(0, Math.log(3), -1000, 1000)]);
  expect(Array.from(second)).toEqual([0.5, expect.closeTo(0.75, 14), 0, 1]);
  expect(Array.from(first)).toEqual([0.5, expect.closeTo(0.25, 14), 1, 0]);
});

it('is the softmax of several, however large, and 0 for minus infinity', () => {
  const scores = [
    Float64Array.of(0, 1000),
    Float64Array.of(Math.log(2), 1000),
    Float64Array.of(-Infinity, 0),
  ];
  const [first, second, none] = classProbabilities(scores);
  expect(Array.from(first)).toEqual([expect.closeTo(1 / 3, 14), 0.5]);
  expect(Array.from(second)).toEqual([expect.closeTo(2 / 3, 14), 0.5]);
  expect(Array.from(none)).toEqual([0, 0]);
});
