/** The first items of a list, and the number of others. */
export function countedList(items: readonly string[], most: number, separator = ', '): string {
  const more = items.length - most;
  return `${items.slice(0, most).join(separator)}${more > 0 ? ` and ${more} more` : ''}`;
}
