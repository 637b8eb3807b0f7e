import { hasFiniteScores } from './linear-term.js';

it.each<[boolean, number[], number]>([
  [true, [], 0],
  [true, [1e290, -1e290], -1e300],
  [false, [1e308, -1e308], 0],
  [false, [1e300], 0],
  [false, [NaN], 0],
  [false, [1], Infinity],
])('writes %p for the coefficients %j with the intercept %p', (expected, coefficients, intercept) => {
  expect(hasFiniteScores({ coefficients, intercept })).toBe(expected);
});
