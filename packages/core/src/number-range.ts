/** Where numbers may lie: `from` and `to` belong to it, `above` does not. */
export interface NumberRange {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
}

/** Whether a number lies within a range. */
export function inRange(
  value: number,
  { from = -Infinity, above = -Infinity, to = Infinity }: NumberRange,
): boolean {
  return value >= from && value > above && value <= to;
}

/** A range in words, to follow on "a number"; empty for all numbers. */
export function numbersIn({ from, above, to }: NumberRange): string {
  const low = from !== undefined ? ` from ${from}` : above !== undefined ? ` above ${above}` : '';
  return to === undefined ? low : low === '' ? ` up to ${to}` : `${low} to ${to}`;
}
