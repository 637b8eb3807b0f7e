import { money } from './money';

it.each([
  [12, undefined, '12'],
  [12.345, 'EUR', 'EUR 12.35'],
  [1234.5, 'EUR', 'EUR 1,235'],
  [-20_000, 'USD', 'USD -20,000'],
  [-0.001, 'EUR', 'EUR 0'],
])('%d of %s is %s', (amount, currency, text) => {
  expect(money(amount, currency)).toBe(text);
});
