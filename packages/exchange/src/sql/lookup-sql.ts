import { isOneOf, NEVER } from './conditions.js';
import { type Fragment, fragment } from './fragment.js';
import { unionOf } from './number-range.js';
import type { Scope } from './scope.js';

/** Maps texts to values; levels with the same value share a case. */
export function lookupSql(
  scope: Scope,
  of: Fragment,
  {
    entries,
    missing,
    otherwise,
  }: {
    readonly entries: readonly (readonly [string, Fragment])[];
    readonly missing: Fragment;
    readonly otherwise: Fragment;
  },
): Fragment {
  const levelsOf = new Map<string, string[]>();
  for (const [level, { sql }] of entries) {
    if (sql === otherwise.sql) continue;
    levelsOf.set(sql, [...(levelsOf.get(sql) ?? []), level]);
  }
  const cases = Array.from(levelsOf, ([sql, levels]) => ({ when: isOneOf(scope, of, levels).sql, sql }));
  const whens = [
    ...(missing.sql === otherwise.sql ? [] : [{ when: `${of.sql} IS NULL`, sql: missing.sql }]),
    ...cases,
  ]
    .filter(({ when }) => when !== NEVER)
    .map(({ when, sql }) => `WHEN ${when} THEN ${sql}`);
  const values = [...entries.map(([, value]) => value), missing, otherwise];
  const traits = { isAtom: true, range: unionOf(values.map(({ range }) => range)) };
  if (whens.length === 0) return { ...otherwise, ...traits };
  return fragment(`CASE ${whens.join(' ')} ELSE ${otherwise.sql} END`, [of, ...values], traits);
}
