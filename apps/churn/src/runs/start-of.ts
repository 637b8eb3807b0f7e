/** The time in the name of a run, such as `2026-11-27T15-56-05Z`, in ISO 8601; empty if there is none. */
export function startOf(id: string): string {
  const [, day, hours, minutes, seconds] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(id) ?? [];
  return day === undefined ? '' : `${day}T${hours}:${minutes}:${seconds}.000Z`;
}
