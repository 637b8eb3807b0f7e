/** Where numbers may lie: `from` and `to` belong to it, `above` and `below` do not. */
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

/** A range in words, to follow on "a number"; empty for all numbers. */
export function numbersIn({ from, above, to, below }: NumberRange): string {
  const low = from !== undefined ? ` from ${from}` : above !== undefined ? ` above ${above}` : '';
  if (below !== undefined) {
    return above === undefined ? `${low}${low && ','} below ${below}` : ` between ${above} and ${below}`;
  }
  return to === undefined ? low : low === '' ? ` up to ${to}` : `${low} to ${to}`;
}
