/** A number per column for a log: the first few, to four digits, on one line. */
export function numberList(figures: Readonly<Record<string, number | string | null>>): string {
  const entries = Object.entries(figures);
  if (entries.length === 0) return 'of no columns';
  const shown = entries.slice(0, 5).map(([name, figure]) => `${JSON.stringify(name)} ${shownFigure(figure)}`);
  return entries.length > 5 ? `${shown.join(', ')}, … (${entries.length} in all)` : shown.join(', ');
}

function shownFigure(figure: number | string | null): string {
  if (figure === null) return 'unknown';
  return typeof figure === 'number' ? String(Number(figure.toPrecision(4))) : JSON.stringify(figure);
}
