/** A share as a reader sees it, with one decimal. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)}%`;
}

/** A number with four digits; a very large or very small one as a power of ten. */
export function fourDigits(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const size = Math.abs(rounded);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return rounded.toExponential();
  return rounded.toLocaleString('en', { maximumSignificantDigits: 4 });
}
