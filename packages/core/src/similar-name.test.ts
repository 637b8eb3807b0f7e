import { didYouMean, similarName } from './similar-name';

it.each([
  ['shwo', ['list', 'show'], 'show'],
  ['ehsow', ['show'], undefined],
  ['minPsy', ['minPsi', 'minUnseen'], 'minPsi'],
  ['GAMA', ['gamma', 'degree'], 'gamma'],
  ['zzzz', ['list', 'show'], undefined],
])('%s among %j', (name, names, meant) => {
  expect(similarName(name, names)).toBe(meant);
});

it.each<[unknown, string[], string]>([
  ['maximize', ['maximise', 'costs'], '; did you mean maximise?'],
  ['F1', ['f1', 'f2'], '; did you mean f1?'],
  ['l3', ['l1', 'l2'], ''],
  ['zzzz', ['list', 'show'], ''],
  [7, ['seven'], ''],
])('suggests nothing for %j among %j', (given, names, question) => {
  expect(didYouMean(given, names)).toBe(question);
});
