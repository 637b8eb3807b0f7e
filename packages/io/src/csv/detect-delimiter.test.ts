import { detectDelimiter } from './detect-delimiter';

it.each([
  ['a,b,c\n1;2;3;4\n', ','],
  ['a;b\n1,5;2,5\n', ';'],
  ['a\tb, c\td\r\n', '\t'],
  ['a|b|c', '|'],
  ['"a, b, c";"d\n,,,";e\n', ';'],
  ['"a ""quoted, with a comma""";b', ';'],
  ['\n\na;b\n', ';'],
  ['a,b;c\n', ','],
  ['name\n', ','],
  ['', ','],
  ['sep=|\na,b,c\n', '|'],
])('%j', (text, delimiter) => {
  expect(detectDelimiter(text)).toBe(delimiter);
  expect(detectDelimiter(new TextEncoder().encode(text))).toBe(delimiter);
  expect(detectDelimiter(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toBe(delimiter);
});

it.each([
  ['size;in,cm,kg\n', ['size;in', 'cm'], ','],
  ['"a;b;c",d\n', ['d'], ','],
  [' a | b;c\n', ['a', 'b;c'], '|'],
  ['a;b\n', [], ';'],
  ['a;b\n', ['x', 'y'], ';'],
  ['sep=;\na,b\n', ['a', 'b'], ';'],
])('uses known column names: %j', (text, columns, delimiter) => {
  expect(detectDelimiter(text, columns)).toBe(delimiter);
});
