import { plainLetters } from './plain-letters.js';

it.each([
  ['Gekündigt', 'gekundigt'],
  ['Größe in €', 'grosse in €'],
  ['Größe'.normalize('NFD'), 'grosse'],
  ['Łódź', 'lodz'],
  ['Ægir på Ø', 'aegir pa o'],
  ['Отток', 'отток'],
])('%s becomes %s', (text, plain) => {
  expect(plainLetters(text)).toBe(plain);
});
