import { type Fragment, fragment, operand } from './fragment.js';
import type { Scope } from './scope.js';

/** A condition that is never true. */
export const NEVER = 'FALSE';

/** Longer disjunctions are split into columns, since databases limit the depth of expressions. */
const MAX_CONDITIONS = 100;

/** The disjunction of many conditions. */
export function anyOf(scope: Scope, conditions: readonly Fragment[]): Fragment {
  let part: Fragment[] = [];
  for (const each of conditions) {
    if (each.sql === NEVER) continue;
    if (part.length === MAX_CONDITIONS) part = [scope.layers.column(joined('OR', part))];
    part.push(each);
  }
  return joined('OR', part);
}

/** The conjunction of a few conditions. */
export function allOf(conditions: readonly Fragment[]): Fragment {
  return joined('AND', conditions);
}

function joined(operator: 'AND' | 'OR', conditions: readonly Fragment[]): Fragment {
  if (conditions.length === 1) return conditions[0];
  if (conditions.length === 0) return fragment(operator === 'AND' ? 'TRUE' : NEVER, [], { isAtom: true });
  return fragment(conditions.map(operand).join(` ${operator} `), conditions);
}

/** Whether a text is one of the levels. */
export function isOneOf({ dialect }: Scope, of: Fragment, levels: readonly string[]): Fragment {
  if (levels.length === 0) return fragment(NEVER, [], { isAtom: true });
  const texts = levels.map(dialect.text);
  const list = texts.length === 1 ? `= ${texts[0]}` : `IN (${texts.join(', ')})`;
  return fragment(`${operand(of)} ${list}`, [of]);
}
