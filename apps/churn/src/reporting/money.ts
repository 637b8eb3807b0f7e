/** An amount of money in words: without a currency its number alone; without cents from 1,000 on. */
export function money(amount: number, currency?: string): string {
  // No amount is minus nothing.
  const value = Math.abs(amount) < 0.005 ? 0 : amount;
  const digits = Math.abs(value) >= 1000 || Number.isInteger(value) ? 0 : 2;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return currency === undefined ? text : `${currency} ${text}`;
}
