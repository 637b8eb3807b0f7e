import type { FittedTransformer } from './transformer.js';

/**
 * For each column that comes out of fitted transformers, the raw columns that it is made of: by the `origins` of the steps, and by its
 * own name where it kept it. A column that cannot be traced back is left out.
 */
export function rawColumns(
  steps: readonly Pick<FittedTransformer, 'origins'>[],
  names: readonly string[],
): Map<string, readonly string[]> {
  const raw = new Map<string, readonly string[]>(names.map((name) => [name, [name]]));
  for (const { origins } of steps) {
    if (!origins) continue;
    // All origins of a step refer to the columns before it.
    const made = Array.from(origins, ([name, from]): [string, readonly string[]] => [
      name,
      from.flatMap((each) => raw.get(each) ?? []),
    ]);
    for (const [name, from] of made) {
      if (from.length > 0) raw.set(name, from);
      else raw.delete(name);
    }
  }
  return raw;
}
