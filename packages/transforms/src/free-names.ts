/**
 * Names for columns that are made, each once: those wanted, and `_2`, `_3`, … behind one that is taken.
 *
 * @param wanted in order; of two that are the same, the first keeps the name.
 * @param taken the names of the columns that stay.
 * @param others names that are not to be given to another column, though they may be free.
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

/** For each name that is not the one wanted, that one. */
export function renamedFrom(names: readonly string[], wanted: readonly string[]): Map<string, string> {
  return new Map(
    names.flatMap((name, i): [string, string][] => (name === wanted[i] ? [] : [[name, wanted[i]]])),
  );
}

/** What `describe` says of names that were taken; empty where none was. */
export function describeRenamed(renamed: ReadonlyMap<string, string>): string {
  const each = Array.from(renamed, ([name, wanted]) => `"${wanted}" was taken and is called "${name}"`);
  return each.map((text) => `; ${text}`).join('');
}
