/** A range of numbers: `from` and `to` are inclusive, `above` and `below` exclusive. */
export interface NumberRange {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
}

/** Whether a number lies within a range. */
export function inRange(
  value: number,
  { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity }: NumberRange,
): boolean {
  return value >= from && value > above && value <= to && value < below;
}

/** A range in words, to follow "a number"; empty for all numbers. */
export function numbersIn({ from, above, to, below }: NumberRange): string {
  if (above !== undefined && below !== undefined) return ` between ${above} and ${below}`;
  if (from !== undefined && to !== undefined) return ` from ${from} to ${to}`;
  const low = from !== undefined ? ` of at least ${from}` : above !== undefined ? ` above ${above}` : '';
  const high = below !== undefined ? ` below ${below}` : to !== undefined ? ` at most ${to}` : '';
  if (low && high) return `${low} and${high}`;
  return high && below === undefined ? ` of${high}` : low + high;
}
