/** A figure of each column as a log shows it: the first few, to four digits, on one line. */
export function numberList(figures: Readonly<Record<string, number | null>>): string {
  const entries = Object.entries(figures);
  if (entries.length === 0) return 'no columns';
  const shown = entries.slice(0, 5).map(([name, figure]) => `${JSON.stringify(name)} ${digits(figure)}`);
  return entries.length > 5 ? `${shown.join(', ')}, … (${entries.length} in all)` : shown.join(', ');
}

function digits(figure: number | null): string {
  return figure === null ? 'unknown' : String(Number(figure.toPrecision(4)));
}
