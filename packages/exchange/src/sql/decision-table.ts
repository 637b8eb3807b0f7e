import type { ProgramTree } from '../program/program.js';
import { type Fragment, fragment } from './fragment.js';
import { rangeOf } from './number-range.js';
import { numberFragment, type Scope } from './scope.js';

const MOST_CONDITIONS = 8;
/** A table that repeats leaves more often than that is larger than the tree. */
const MOST_REPEATS = 4;

/** A node that asks: where it goes if its condition holds, where if not, and the condition. */
export type Question = readonly [yes: number, no: number, when: Fragment];

/**
 * A tree of few distinct conditions, as symmetric trees are, as a list of values, whose place is made of the conditions as binary digits:
 * where rows are worked on many at a time, it takes less than nested cases. Nothing where the database has no such lists, or the
 * tree more conditions.
 */
export function decisionTable(
  scope: Scope,
  tree: ProgramTree,
  k: number,
  questions: readonly (Question | undefined)[],
): Fragment | undefined {
  const { dialect } = scope;
  if (!dialect.valueAt) return undefined;
  const conditions = new Map<string, Fragment>();
  for (const question of questions) if (question) conditions.set(question[2].sql, question[2]);
  const digits = [...conditions.keys()];
  const leaves = tree.filter(({ kind }) => kind === 'leaf').length;
  if (digits.length > MOST_CONDITIONS || 1 << digits.length > MOST_REPEATS * leaves) return undefined;
  const valueAtCode = (code: number): number => {
    let place = 0;
    for (;;) {
      const node = tree[place];
      if (node.kind === 'leaf') return node.values[k];
      const [yes, no, when] = questions[place]!;
      place = (code >> digits.indexOf(when.sql)) & 1 ? yes : no;
    }
  };
  const values = Array.from({ length: 1 << digits.length }, (_, code) => valueAtCode(code));
  if (values.every((value) => value === values[0])) return numberFragment(scope, values[0]);
  const code = digits.map((when, i) => `CASE WHEN ${when} THEN ${1 << i} ELSE 0 END`).join(' + ');
  const list = values.map((value) => numberFragment(scope, value).sql);
  return fragment(dialect.valueAt(list, code), [...conditions.values()], {
    isAtom: true,
    range: rangeOf(...values),
  });
}
