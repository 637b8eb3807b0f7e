/** The significant digits of the largest number of a table column. */
const DIGITS = 4;

/** A formatter for the numbers of a table column: all with the decimals that the largest needs for four digits. */
export function sameDecimals(amounts: readonly number[]): (amount: number) => string {
  const largest = amounts.reduce((most, amount) => Math.max(most, Math.abs(amount)), 0);
  const whole =
    largest < 1
      ? leadingZeros(largest)
      : Math.trunc(largest).toLocaleString('en', { useGrouping: false }).length;
  const digits = Math.min(Math.max(DIGITS - whole, 0), 10);
  return (amount) =>
    amount.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** For a number below 1, minus the number of zeros after its decimal point. */
function leadingZeros(value: number): number {
  let zeros = 0;
  for (let rest = value; rest > 0 && rest < 0.1 && zeros < 10; rest *= 10) zeros++;
  return -zeros;
}
