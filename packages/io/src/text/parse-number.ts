const RADIX_PREFIX = /^0[xob]/i;

/**
 * Parses a decimal number with optional sign, point and exponent, such as `-1.5e3`; surrounding spaces are ignored. `NaN` for anything else: `0x10`,
 * `1_000`, `1,5`, `Infinity`, and `1e999`, which overflows.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  const value = Number(trimmed);
  // Beyond decimal numbers, Number() accepts an empty text, infinities, and digits after 0x, 0o and 0b.
  if (trimmed === '' || !Number.isFinite(value)) return NaN;
  return trimmed.startsWith('0') && RADIX_PREFIX.test(trimmed) ? NaN : value;
}
