import type { Records } from '../records/records.js';

/**
 * Converts objects, such as parsed JSON, to records with the columns `names`. Absent keys and `null` are missing values; other keys are ignored.
 *
 * @param from the source of the objects and the line of each; default `the rows`, numbered from 1.
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
