import { ChurnError, missingColumn } from '@churn/core';

/** The maximum number of groups; the nodes store the groups of their path as bits. */
const MAX_GROUPS = 63;
const ALL = 0xffff_ffff_ffff_ffffn;

/**
 * For each column, a bit for each group that it belongs to: columns may occur on one path if they have a bit in common. Columns in no group
 * form a group of their own, as in scikit-learn.
 *
 * @param groups the names of the columns that may occur on one path; `null` for all.
 * @throws `column-name` if a group names an unknown column; `invalid-parameter` for more than 63 groups.
 */
export function interactionGroups(
  names: readonly string[],
  groups: readonly (readonly string[])[] | null,
): bigint[] {
  if (groups === null) return names.map(() => ALL);
  if (groups.length > MAX_GROUPS) {
    throw new ChurnError(
      'invalid-parameter',
      `interactions: expected up to ${MAX_GROUPS} groups, got ${groups.length}`,
    );
  }
  const known = new Set(names);
  const bits = new Map(names.map((name) => [name, 0n]));
  groups.forEach((group, i) => {
    for (const name of group) {
      if (!known.has(name)) {
        throw new ChurnError('column-name', `interactions: ${missingColumn(name, names).message}`);
      }
      bits.set(name, (bits.get(name) ?? 0n) | (1n << BigInt(i)));
    }
  });
  return names.map((name) => bits.get(name) || 1n << BigInt(groups.length));
}
