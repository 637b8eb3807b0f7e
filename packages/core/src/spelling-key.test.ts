import { spellingKey } from './spelling-key.js';

it.each([
  ['Plus', ' PLUS\t'],
  ['New  York', 'new york'],
  ['Größe', 'größe'.normalize('NFD')],
])('%j and %j have one key', (a, b) => {
  expect(spellingKey(a)).toBe(spellingKey(b));
});

it('other texts have other keys', () => {
  expect(spellingKey('new york')).not.toBe(spellingKey('newyork'));
  expect(spellingKey('Größe')).not.toBe(spellingKey('Grosse'));
});
