import fc from 'fast-check';
import { wildcard } from './wildcard';

it.each([
  ['abc', 'abc', true],
  ['abc', 'abcd', false],
  ['a*', 'a', true],
  ['*', '', true],
  ['a*b', 'ab', true],
  ['a*b', 'a.b', true],
  ['ab*b', 'ab', false],
  ['a*b*c', 'axxbyybc', true],
  ['a*b*c', 'axxc', false],
  ['*bc*', 'abcd', true],
  ['a.c', 'abc', false],
])('%s and %s: %s', (pattern, text, expected) => {
  expect(wildcard(pattern)(text)).toBe(expected);
});

it('equals the regular expression with .* for *', () => {
  const letters = (alphabet: string[]) => fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 8 });
  fc.assert(
    fc.property(letters(['a', 'b', '*']), letters(['a', 'b']), (pattern, text) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(text);
      expect(wildcard(pattern)(text)).toBe(expected);
    }),
  );
});
