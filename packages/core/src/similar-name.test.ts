import { similarName } from './similar-name';

it.each([
  ['shwo', ['list', 'show'], 'show'],
  ['ehsow', ['show'], undefined],
  ['minPsy', ['minPsi', 'minUnseen'], 'minPsi'],
  ['GAMA', ['gamma', 'degree'], 'gamma'],
  ['zzzz', ['list', 'show'], undefined],
])('%s among %j', (name, names, meant) => {
  expect(similarName(name, names)).toBe(meant);
});
