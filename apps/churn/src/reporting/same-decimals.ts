/** The digits that the largest number of a column of a table is shown with. */
const DIGITS = 4;

/** How the numbers in one column are shown: all with the decimals that the largest needs for four digits. */
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

/** Of a number below 1: minus how many zeros follow its point. */
function leadingZeros(value: number): number {
  let zeros = 0;
  for (let rest = value; rest > 0 && rest < 0.1 && zeros < 10; rest *= 10) zeros++;
  return -zeros;
}
