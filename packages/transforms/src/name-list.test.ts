import { nameList } from './name-list';

it.each([
  [[], 'none'],
  [['a', 'the "b"'], String.raw`"a", "the \"b\""`],
  [['a', 'b', 'c', 'd', 'e'], '"a", "b", "c", "d", "e"'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], '"a", "b", "c", "d", "e", … (7 in all)'],
])('shows %j', (names, expected) => {
  expect(nameList(names)).toBe(expected);
});
