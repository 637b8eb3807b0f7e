import type { CategoryColumn } from '@churn/core';

/** A category column as it was. */
export type CategoryReference = {
  readonly kind: 'category';
  readonly name: string;
  /** The most frequent levels first; of equally frequent ones the first in the order of their code units. */
  readonly levels: readonly string[];
  /** How many rows have each level. */
  readonly counts: readonly number[];
  /** How many rows have a level that is not kept. */
  readonly others: number;
  /** The number of rows without a value. */
  readonly missing: number;
};

/**
 * The reference of a category column, with at most `maxLevels` levels. Of equally frequent levels all are kept, or none: which of them
 * came first is chance, and later rows would seem to differ by it.
 */
export function categoryReference(
  name: string,
  { codes, levels }: CategoryColumn,
  maxLevels: number,
): CategoryReference {
  const counts = new Float64Array(levels.length);
  let missing = 0;
  for (const code of codes) {
    if (code < 0) missing++;
    else counts[code]++;
  }
  const present = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  present.sort((a, b) => counts[b] - counts[a] || (levels[a] < levels[b] ? -1 : 1));
  const least = present.length > maxLevels ? counts[present[maxLevels]] : 0;
  const kept = present.filter((code) => counts[code] > least);
  const others = present.slice(kept.length).reduce((sum, code) => sum + counts[code], 0);
  return {
    kind: 'category',
    name,
    levels: kept.map((code) => levels[code]),
    counts: kept.map((code) => counts[code]),
    others,
    missing,
  };
}
