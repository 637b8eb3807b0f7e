import { visibleLines, visibleText } from './visible-text.js';

describe('visibleText', () => {
  it.each([
    ['a terminal escape sequence', '\u001b[31mred', '\\u001b[31mred'],
    ['one of a single byte', '\u009b2J', '\\u009b2J'],
    ['line ends', 'a\r\nb\tc\u2028d\u0085e', 'a\\u000d\\nb\\tc\\u2028d\\u0085e'],
    ['a change of text direction', 'exe\u202egpj', 'exe\\u202egpj'],
    ['unpaired surrogates', '\ud800 a \udc00', '\\ud800 a \\udc00'],
    ['characters forbidden in XML', '\0\uffff', '\\u0000\\uffff'],
  ])('escapes %s', (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('keeps letters of all scripts, symbols and surrogate pairs', () => {
    for (const text of ['Ünïcode 中文 العربية עברית', '😀👩‍👩‍👧', 'a<b>&"\'\\n'])
      expect(visibleText(text)).toBe(text);
  });
});

it('visibleLines keeps lines', () => {
  expect(visibleLines('a\u0007\nb\r\n')).toBe('a\\u0007\nb\\u000d\n');
});
