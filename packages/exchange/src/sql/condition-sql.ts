import type { Condition } from '../program/expression.js';
import { allOf, anyOf, isOneOf, NEVER } from './conditions.js';
import { isDateSql } from './date-sql.js';
import { writeExpression } from './expression-sql.js';
import { type Fragment, fragment, operand } from './fragment.js';
import { isFiniteRange } from './number-range.js';
import { type Scope, withoutNaN } from './scope.js';

const COMPARISONS = { less: '<', lessOrEqual: '<=', equal: '=' } as const;

/** A condition that is true where it holds, and FALSE or NULL where it does not: as good as FALSE wherever it may stand. */
export function writeCondition(scope: Scope, condition: Condition): Fragment {
  switch (condition.op) {
    case 'less':
    case 'lessOrEqual':
    case 'equal': {
      const left = comparable(scope, condition.left);
      const right = comparable(scope, condition.right);
      return fragment(`${operand(left)} ${COMPARISONS[condition.op]} ${operand(right)}`, [left, right]);
    }
    case 'oneOf': {
      const of = writeExpression(scope, condition.of);
      return isOneOf(scope, of, condition.levels);
    }
    case 'isMissing': {
      const of = comparable(scope, condition.of);
      return fragment(`${operand(of)} IS NULL`, [of]);
    }
    case 'isInfinite': {
      const of = writeExpression(scope, condition.of);
      if (isFiniteRange(of.range)) return fragment(NEVER, [], { isAtom: true });
      // Not IS_INF, as NaN is none.
      const value = comparable(scope, condition.of);
      return fragment(`ABS(${value.sql}) > ${scope.dialect.number(Number.MAX_VALUE)}`, [value]);
    }
    case 'isDate':
      return isDateSql(scope, writeExpression(scope, condition.of));
    case 'and':
      return allOf(condition.of.map((each) => writeCondition(scope, each)));
    case 'or':
      return anyOf(
        scope,
        condition.of.map((each) => writeCondition(scope, each)),
      );
    case 'not': {
      if (condition.of.op === 'isMissing') {
        const of = comparable(scope, condition.of.of);
        return fragment(`${operand(of)} IS NOT NULL`, [of]);
      }
      const of = writeCondition(scope, condition.of);
      // NULL, of which the negation would be NULL again, does not hold.
      return fragment(`NOT COALESCE(${of.sql}, ${NEVER})`, [of]);
    }
  }
}

function comparable(scope: Scope, expression: Parameters<typeof writeExpression>[1]): Fragment {
  return withoutNaN(scope, writeExpression(scope, expression));
}
