const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** The format of a duration, for messages. */
export const EXPECTED_DURATION = 'a duration such as 90s, 5m, 1h or 30d';

/** The seconds of a duration such as `90s`, `5m`, `1h` or `30d`; `undefined` for other text, and for 0. */
export function secondsOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  const seconds = Number(number) * SECONDS[unit as keyof typeof SECONDS];
  return seconds > 0 && Number.isFinite(seconds) ? seconds : undefined;
}

/** A number of seconds in words. */
export function durationText(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => seconds % SECONDS[each] === 0) ?? 's';
  return `${seconds / SECONDS[unit]}${unit}`;
}
