import { plainLetters } from './plain-letters.js';

it.each([
  ['Gekündigt', 'gekundigt'],
  ['Größe in €', 'grosse in €'],
  ['Größe'.normalize('NFD'), 'grosse'],
  ['Łódź', 'łodz'],
])('%s becomes %s', (text, plain) => {
  expect(plainLetters(text)).toBe(plain);
});
