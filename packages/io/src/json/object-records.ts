import type { Records } from '../records/records.js';

/**
 * Objects, as of JSON, as records of the columns `names`. A key that does not exist and `null` are missing values; other keys are
 * ignored.
 *
 * @param from what they come from, and where each stands; default `the rows`, by their places.
 */
export function objectRecords(
  objects: readonly Readonly<Record<string, unknown>>[],
  names: readonly string[],
  { source = 'the rows', lines = places(objects.length) }: Partial<Pick<Records, 'source' | 'lines'>> = {},
): Records {
  const records = objects.map((object) =>
    names.map((name) => (Object.hasOwn(object, name) ? (object[name] ?? null) : null)),
  );
  return { source, header: names, records, lines, isTyped: true };
}

function places(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i + 1);
}
