/**
 * The ISO 8601 text of a day: `2024-02-29`.
 * @param days since 1970-01-01.
 */
export function isoDay(days: number): string {
  return isoTime(BigInt(days) * 86_400n, 1n).slice(0, -'T00:00:00'.length);
}

/**
 * The ISO 8601 text of a time of the calendar: `2024-02-29T13:45:00`, and with digits of the second if these are not 0. Where no calendar
 * reaches it is the number of its ticks.
 *
 * @param ticks since 1970-01-01T00:00:00.
 * @param perSecond how many ticks a second has: a power of ten.
 */
export function isoTime(ticks: bigint, perSecond: bigint): string {
  const parts = partsOf(ticks, perSecond);
  if (parts === undefined) return String(ticks);
  const digits = parts.digits.replace(/0+$/, '');
  return digits === '' ? parts.second : `${parts.second}.${digits}`;
}

/** The same of an instant, in UTC, as `Date.prototype.toISOString` writes it: `2024-02-29T13:45:00.000Z`. */
export function isoInstant(ticks: bigint, perSecond: bigint): string {
  const parts = partsOf(ticks, perSecond);
  if (parts === undefined) return String(ticks);
  return `${parts.second}.${parts.digits.padEnd(3, '0').replace(/(?<=^.{3,})0+$/, '')}Z`;
}

function partsOf(ticks: bigint, perSecond: bigint): { second: string; digits: string } | undefined {
  const part = ((ticks % perSecond) + perSecond) % perSecond;
  const date = new Date(Number((ticks - part) / perSecond) * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const digits = perSecond === 1n ? '' : String(part).padStart(String(perSecond).length - 1, '0');
  return { second: date.toISOString().slice(0, -'.000Z'.length), digits };
}
