/** Formats an amount of money, with the currency if known, and without cents from 1,000. */
export function money(amount: number, currency?: string): string {
  return moneyOf([amount], currency)(amount);
}

/** A formatter for amounts that are compared: all without cents if one reaches 1,000 or none has cents. */
export function moneyOf(amounts: readonly number[], currency?: string): (amount: number) => string {
  const isWhole = amounts.some((each) => Math.abs(each) >= 1000) || amounts.every(isWithoutCents);
  const digits = isWhole ? 0 : 2;
  // No sign for amounts that round to 0.
  const { format } = new Intl.NumberFormat('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'negative',
  });
  return (amount) => (currency === undefined ? format(amount) : `${currency} ${format(amount)}`);
}

function isWithoutCents(amount: number): boolean {
  return Number.isInteger(amount) || Math.abs(amount) < 0.005;
}
