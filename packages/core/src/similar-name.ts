/**
 * The one of `names` that somebody most likely meant by `name`: the nearest by edits (Levenshtein, 1966), letters of either case
 * alike; nothing where even that is more than a third of its letters away.
 */
export function similarName(name: string, names: readonly string[]): string | undefined {
  let best: string | undefined;
  // Of a name in which every letter differs nothing was meant.
  let fewest = Math.min(Math.floor(Math.max(name.length, 3) / 3) + 1, name.length);
  for (const each of names) {
    // At least so many edits, which spares long names the count.
    if (Math.abs(each.length - name.length) >= fewest) continue;
    const edits = editDistance(name.toLowerCase(), each.toLowerCase());
    if (edits < fewest) [best, fewest] = [each, edits];
  }
  return best;
}

/**
 * The end of a message about a wrong name: `; did you mean f1?`, or nothing where no name is similar to what was given.
 * @param given what was given; only text is like a name.
 */
export function didYouMean(given: unknown, names: readonly string[]): string {
  if (typeof given !== 'string') return '';
  // Of two letters, one that differs says nothing: `l3` may be `l1` or `l2`.
  const near =
    given.length < 3
      ? names.filter((each) => each.length === given.length && each.toLowerCase() === given.toLowerCase())
      : names;
  const meant = similarName(given, near);
  return meant === undefined ? '' : `; did you mean ${meant}?`;
}

/** How many letters have to be put in, left out, replaced or swapped with the next one to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? beforeLast[j - 2] + 1 : Infinity;
      row.push(Math.min(replaced, swapped, above[j] + 1, row[j - 1] + 1));
    }
    [beforeLast, above] = [above, row];
  }
  return above[b.length];
}
