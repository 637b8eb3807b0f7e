/** A level of a category column and how many rows have it. */
export type LevelCount = { readonly level: string; readonly rows: number };

/**
 * The places in `counts` of the up to `limit` largest counts above 0, largest first; levels of equal counts are in the order
 * of their names by code unit.
 */
export function topLevels(counts: ArrayLike<number>, levels: readonly string[], limit: number): number[] {
  const top: number[] = [];
  const isBefore = (a: number, b: number) =>
    counts[a] > counts[b] || (counts[a] === counts[b] && levels[a] < levels[b]);
  for (let code = 0; code < counts.length; code++) {
    if (counts[code] === 0) continue;
    if (top.length === limit && !isBefore(code, top[limit - 1])) continue;
    let place = top.length < limit ? top.length : limit - 1;
    while (place > 0 && isBefore(code, top[place - 1])) {
      top[place] = top[place - 1];
      place--;
    }
    top[place] = code;
  }
  return top;
}
