const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?Z?)?$/;

/**
 * Reads an ISO 8601 date, `2024-02-29`, or date-time, `2024-02-29T13:45:00Z`, as UTC; fractions of a second are ignored.
 * @returns nothing where the text is no such date, among them days that no calendar has and times of another zone.
 */
export function parseIsoDate(text: string): Date | undefined {
  const match = ISO.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((digits) => Number(digits ?? 0));
  const date = new Date(0);
  // Not Date.UTC, which takes the year 24 for 1924.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  // An impossible day rolls over into another month, and an impossible hour into another day.
  const isPossible =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && minute < 60 && second < 60;
  return isPossible ? date : undefined;
}
