/**
 * Unique names for new columns: those wanted, with `_2`, `_3`, … appended if one is taken.
 *
 * @param wanted in order; the first of two equal names keeps it.
 * @param taken the names of the columns kept.
 * @param others names that must not be given to another column, though they may be free.
 */
export function freeNames(
  wanted: readonly string[],
  taken: Iterable<string>,
  others: Iterable<string> = [],
): string[] {
  const given = new Set(taken);
  const reserved = new Set([...given, ...others, ...wanted]);
  return wanted.map((name) => {
    let free = name;
    for (let k = 2; free === name ? given.has(name) : reserved.has(free); k++) free = `${name}_${k}`;
    given.add(free);
    reserved.add(free);
    return free;
  });
}

/** For each changed name, the one wanted. */
export function renamedFrom(names: readonly string[], wanted: readonly string[]): Map<string, string> {
  return new Map(
    names.flatMap((name, i): [string, string][] => (name === wanted[i] ? [] : [[name, wanted[i]]])),
  );
}

/** The note on names that were taken, for `describe`; empty if none was. */
export function describeRenamed(renamed: ReadonlyMap<string, string>): string {
  const each = Array.from(renamed, ([name, wanted]) => `"${wanted}" was taken and is called "${name}"`);
  return each.map((text) => `; ${text}`).join('');
}
