import fc from 'fast-check';
import { parseNumber } from './parse-number';

describe('parseNumber', () => {
  it.each([
    ['0', 0],
    ['-0', -0],
    ['007', 7],
    ['+5', 5],
    ['5.', 5],
    ['.5', 0.5],
    ['-1.5e3', -1500],
    ['2E-2', 0.02],
    [' 12.5\t', 12.5],
  ])('reads %j', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each([
    '',
    ' ',
    '.',
    'e5',
    '1e',
    '0x10',
    '0X1F',
    '0o7',
    '0b1',
    '1_000',
    '1,5',
    '1 000',
    '12a',
    '--1',
    'Infinity',
    '-Infinity',
    'NaN',
    '1e999',
    '$5',
    '５',
    '10n',
  ])('does not read %j as a number', (text) => expect(parseNumber(text)).toBeNaN());

  it('agrees with an explicit grammar', () => {
    const grammar = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
    const texts = fc.string({ unit: fc.constantFrom(...'0019+-.eExXbo_n, ') });
    fc.assert(
      fc.property(texts, (text) => {
        const isNumber = grammar.test(text.trim()) && Number.isFinite(Number(text));
        expect(Number.isNaN(parseNumber(text))).toBe(!isNumber);
      }),
    );
  });
});
