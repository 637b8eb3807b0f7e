import { ChurnError, missingColumn } from '@churn/core';

/** Nodes remember the groups of their path in so many bits. */
const MOST_GROUPS = 63;
const ALL = 0xffff_ffff_ffff_ffffn;

/**
 * For each column a bit for each group that it belongs to: columns stand on one path if they have a bit in common. The columns that no
 * group names are a group of their own, as scikit-learn's are.
 *
 * @param groups the names of the columns that may stand on one path; `null` for all.
 * @throws `column-name` if a group names what is not a column; `invalid-parameter` for more than 63 groups.
 */
export function interactionGroups(
  names: readonly string[],
  groups: readonly (readonly string[])[] | null,
): bigint[] {
  if (groups === null) return names.map(() => ALL);
  if (groups.length > MOST_GROUPS) {
    throw new ChurnError(
      'invalid-parameter',
      `interactions: expected up to ${MOST_GROUPS} groups, got ${groups.length}`,
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
