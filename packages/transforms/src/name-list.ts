/** Column names for a log: the first few, quoted, on one line. */
export function nameList(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, 5).map((name) => JSON.stringify(name));
  return names.length > 5 ? `${shown.join(', ')}, … (${names.length} in all)` : shown.join(', ');
}
