import { visibleText } from '@churn/core';

/** No more letters of a name than this are drawn. */
const MAX_LETTERS = 100;

/** A name as it is drawn: what cannot be seen as signs, and one of more than 100 letters without its middle. */
export function shownName(name: string): string {
  // Enough of both ends for the letters that are kept, of which each may be a pair.
  const ends = name.length > 4 * MAX_LETTERS ? name.slice(0, 320) + name.slice(-320) : name;
  const letters = Array.from(visibleText(ends));
  if (letters.length <= MAX_LETTERS && ends === name) return letters.join('');
  return `${letters.slice(0, 70).join('')}…${letters.slice(-29).join('')}`;
}

/** Names as they are drawn, each its own: of equal ones the second gets ` (2)`, the third ` (3)`, and so on. */
export function shownNames(names: readonly string[]): string[] {
  const shown = names.map(shownName);
  const taken = new Set(shown);
  const last = new Map<string, number>();
  return shown.map((name) => {
    const first = last.get(name);
    let k = first ?? 1;
    let own = name;
    if (first !== undefined) {
      do own = `${name} (${++k})`;
      while (taken.has(own));
      taken.add(own);
    }
    last.set(name, k);
    return own;
  });
}
