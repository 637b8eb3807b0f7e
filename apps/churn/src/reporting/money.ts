/** Formats an amount of money, with the currency if known, and without cents from 1,000. */
export function money(amount: number, currency?: string): string {
  // Avoids -0.
  const value = Math.abs(amount) < 0.005 ? 0 : amount;
  const digits = Math.abs(value) >= 1000 || Number.isInteger(value) ? 0 : 2;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return currency === undefined ? text : `${currency} ${text}`;
}
