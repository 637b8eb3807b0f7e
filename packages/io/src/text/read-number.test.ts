import fc from 'fast-check';
import { readNumber } from './read-number';

describe('readNumber', () => {
  it.each([
    ['1234.5', 1234.5],
    ['1e5', 100_000],
    ['+5', 5],
    ['1,234.50', 1234.5],
    ['1,234', 1234],
    ['1,234,567', 1_234_567],
    ['12,34,567', 1_234_567],
    ['1 234.5', 1234.5],
    ['1\u00a0234\u00a0567', 1_234_567],
    ['1\u202f234', 1234],
    ["1'234.5", 1234.5],
    ['1’234', 1234],
    ['1_000', 1000],
    ['$5,123.45', 5123.45],
    ['-$5', -5],
    ['$-5', -5],
    ['€ 12.50', 12.5],
    ['12.50 €', 12.5],
    ['£5', 5],
    ['₹12,34,567.00', 1_234_567],
    ['R$ 10', 10],
    ['100 kr', 100],
    ['100 zł', 100],
    ['CHF 1’250.00', 1250],
    ['99 USD', 99],
    ['EUR-5', -5],
    ['51.2%', 0.512],
    ['51.2 %', 0.512],
    ['-3%', -0.03],
    ['(1,234.50)', -1234.5],
    ['($5)', -5],
    ['$ (5.00)', -5],
    ['5.25-', -5.25],
    ['−7', -7],
    ['–7', -7],
  ])('reads %j with a decimal point', (text, value) => expect(readNumber(text)).toBe(value));

  it.each([
    ['1,5', 1.5],
    [',5', 0.5],
    ['5,', 5],
    ['1,5e3', 1500],
    ['1.234', 1234],
    ['1.234,50', 1234.5],
    ['1.234.567', 1_234_567],
    ['1 234,50 €', 1234.5],
    ['€ 1.234,50', 1234.5],
    ['51,2 %', 0.512],
    ['(1.234,50)', -1234.5],
    ['0,512', 0.512],
    ['1234', 1234],
  ])('reads %j with a decimal comma', (text, value) => expect(readNumber(text, ',')).toBe(value));

  it.each([
    '',
    '-',
    '.',
    ',',
    '$',
    '%',
    'inf',
    '-inf',
    'Infinity',
    'NaN',
    '0x10',
    '1e999',
    '1.2.3',
    '1,23',
    '1,2345',
    '0,512',
    '1,234.5.6',
    '1,234 567',
    ',123',
    '12abc',
    'abc',
    'TOP 10',
    'V 5',
    '5 years',
    '3+',
    '<1',
    '--1',
    '(-5)',
    '-5-',
    '(5',
    '5)',
    '1 2',
    '12 34',
    '1__000',
    '٣',
    '５',
    '2024-02-29',
    '10:30',
  ])('does not read %j as a number', (text) => expect(readNumber(text)).toBeNaN());

  it.each(['12.5', '1.23', '1,234.5', '1.2345', '0.512', '1.5e3'])(
    'does not read %j as a number with decimal commas',
    (text) => expect(readNumber(text, ',')).toBeNaN(),
  );

  it('does not read a long text as a number', () => {
    expect(readNumber(`1${' '.repeat(100_000)}1`)).toBeNaN();
  });

  it('reads numbers formatted for many locales', () => {
    const locales = fc.constantFrom<[string, '.' | ',']>(
      ['en-US', '.'],
      ['en-IN', '.'],
      ['de-DE', ','],
      ['de-CH', '.'],
      ['fr-FR', ','],
      ['pt-BR', ','],
      ['es-ES', ','],
      ['pl-PL', ','],
      ['sv-SE', ','],
      ['ja-JP', '.'],
    );
    const styles = fc.constantFrom<Intl.NumberFormatOptions>(
      {},
      { style: 'percent' },
      ...['USD', 'EUR', 'GBP', 'JPY', 'CHF', 'INR', 'BRL', 'SEK', 'PLN'].flatMap(
        (currency): Intl.NumberFormatOptions[] => [
          { style: 'currency', currency },
          { style: 'currency', currency, currencySign: 'accounting' },
          { style: 'currency', currency, currencyDisplay: 'code' },
        ],
      ),
    );
    // Cents, which percent signs leave whole.
    const cents = fc.integer({ min: -1e11, max: 1e11 });
    fc.assert(
      fc.property(locales, styles, cents, ([locale, decimal], style, n) => {
        const value = n / (style.style === 'percent' ? 10_000 : 100);
        const text = new Intl.NumberFormat(locale, {
          ...style,
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        }).format(value);
        expect([text, readNumber(text, decimal) + 0]).toEqual([text, value + 0]);
      }),
      { numRuns: 2000 },
    );
  });

  it('agrees with parseNumber on what that accepts', () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (value) => {
        // A zero is written without its sign.
        const written = value + 0;
        expect(readNumber(String(value))).toBe(written);
        expect(readNumber(String(value).replace('.', ','), ',')).toBe(written);
      }),
    );
  });
});
