/** A share as a reader sees it, with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

// Made once: to make it takes a hundred times as long as to use it.
const FOUR_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** A number with four digits; a very large or very small one as a power of ten. */
export function fourDigits(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return rounded.toExponential();
  return FOUR_DIGITS.format(rounded);
}
