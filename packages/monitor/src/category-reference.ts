import type { CategoryColumn } from '@churn/core';

/** The reference of a category column. */
export type CategoryReference = {
  readonly kind: 'category';
  readonly name: string;
  /** The levels, the most frequent first; ties in order of code units. */
  readonly levels: readonly string[];
  /** The number of rows with each level. */
  readonly counts: readonly number[];
  /** The number of rows with a level that is not kept. */
  readonly others: number;
  /** The number of missing values. */
  readonly missing: number;
};

/**
 * The reference of a category column, with at most `maxLevels` levels. Equally frequent levels are kept all or not at all: keeping some would
 * make later rows appear to differ by chance.
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
