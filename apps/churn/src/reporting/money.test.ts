import { money, moneyOf } from './money';

it.each([
  [12, undefined, '12'],
  [12.345, 'EUR', 'EUR 12.35'],
  [1234.5, 'EUR', 'EUR 1,235'],
  [-20_000, 'USD', 'USD -20,000'],
  [-0.001, 'EUR', 'EUR 0'],
])('%d of %s is %s', (amount, currency, text) => {
  expect(money(amount, currency)).toBe(text);
});

it.each([
  [
    [184.53, 50, 322],
    ['EUR 184.53', 'EUR 50.00', 'EUR 322.00'],
  ],
  [
    [184.53, -50, 1322],
    ['EUR 185', 'EUR -50', 'EUR 1,322'],
  ],
  [
    [184, -0.3, 2000],
    ['EUR 184', 'EUR 0', 'EUR 2,000'],
  ],
  [
    [184, 50, -0.001],
    ['EUR 184', 'EUR 50', 'EUR 0'],
  ],
])('%j have the same decimals: %j', (amounts, texts) => {
  expect(amounts.map(moneyOf(amounts, 'EUR'))).toEqual(texts);
});
