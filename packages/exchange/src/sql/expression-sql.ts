import type { Condition, Expression } from '../program/expression.js';
import { divide, multiply, negate, product, subtract, sum } from './arithmetic.js';
import { allOf, anyOf, isOneOf, NEVER } from './conditions.js';
import { datePartSql, isDateSql } from './date-sql.js';
import {
  absolute,
  cosine,
  exponential,
  exponentialLessOne,
  hyperbolicTangent,
  logarithm,
  logarithmOfSum,
  logisticFunction,
  power,
  squareRoot,
} from './elementary.js';
import { type Fragment, fragment, operand } from './fragment.js';
import { lookupSql } from './lookup-sql.js';
import { normalQuantileSql } from './normal-quantile-sql.js';
import { isFiniteRange, unionOf } from './number-range.js';
import { piecewiseConstant, piecewiseLinear } from './piecewise.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

const COMPARISONS = { less: '<', lessOrEqual: '<=', equal: '=' } as const;

/** The SQL of an expression. */
export function writeExpression(scope: Scope, expression: Expression): Fragment {
  const write = (each: Expression) => writeExpression(scope, each);
  const { dialect, layers } = scope;
  switch (expression.op) {
    case 'column':
      return scope.column(expression.id);
    case 'number':
      return numberFragment(scope, expression.value);
    case 'text':
      return fragment(
        expression.value === null ? `CAST(NULL AS ${dialect.textType})` : dialect.text(expression.value),
        [],
        { isAtom: expression.value === null },
      );
    case 'add':
      return sum(scope, expression.of.map(write));
    case 'subtract':
      return subtract(scope, expression.of.map(write));
    case 'multiply':
      return multiply(scope, expression.of.map(write));
    case 'divide':
      return divide(scope, expression.of.map(write));
    case 'linear': {
      const terms = expression.terms.map(({ weight, of }) =>
        product(scope, write(of), numberFragment(scope, weight)),
      );
      const { intercept } = expression;
      return sum(
        scope,
        intercept === 0 && terms.length > 0 ? terms : [numberFragment(scope, intercept), ...terms],
      );
    }
    case 'negate':
      return negate(write(expression.of));
    case 'abs':
      return absolute(write(expression.of));
    case 'exp':
      return exponential(scope, write(expression.of));
    case 'log':
      return logarithm(scope, write(expression.of));
    case 'log1p':
      return logarithmOfSum(scope, write(expression.of));
    case 'expm1':
      return exponentialLessOne(scope, write(expression.of));
    case 'sqrt':
      return squareRoot(scope, write(expression.of));
    case 'cos':
      return cosine(write(expression.of));
    case 'tanh':
      return hyperbolicTangent(write(expression.of));
    case 'sigmoid':
      return logisticFunction(scope, write(expression.of));
    case 'normalQuantile':
      return normalQuantileSql(scope, write(expression.of));
    case 'power':
      return power(scope, write(expression.of), expression.exponent);
    case 'min':
    case 'max':
      return expression.of.map(write).reduce((a, b) => extreme(scope, expression.op, a, b));
    case 'choose': {
      const cases = expression.cases.map(({ when, then }) => ({
        when: writeCondition(scope, when),
        value: write(then),
      }));
      const otherwise = write(expression.otherwise);
      const values = [...cases.map(({ value }) => value), otherwise];
      const whens = cases.map(({ when, value }) => `WHEN ${when.sql} THEN ${value.sql}`);
      if (whens.length === 0) return otherwise;
      return fragment(
        `CASE ${whens.join(' ')} ELSE ${otherwise.sql} END`,
        [...cases.map(({ when }) => when), ...values],
        {
          isAtom: true,
          range: unionOf(values.map(({ range }) => range)),
          mayBeNaN: values.some(({ mayBeNaN }) => mayBeNaN),
        },
      );
    }
    case 'lookup':
      return lookupSql(scope, layers.bind(write(expression.of)), {
        entries: Array.from(expression.entries, ([level, value]) => [level, write(value)]),
        missing: write(expression.missing),
        otherwise: write(expression.otherwise),
      });
    case 'interpolate':
      return piecewiseLinear(scope, write(expression.of), expression.x, expression.y);
    case 'step':
      return piecewiseConstant(scope, write(expression.of), expression.edges, expression.values);
    case 'datePart':
      return datePartSql(scope, write(expression.of), expression.part);
  }
}

/** The SQL of a condition. It may be NULL instead of FALSE, which is equivalent in all contexts where it is used. */
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
      // Not IS_INF, which is false for NaN.
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
      // NULL counts as false, but its negation would be NULL too.
      return fragment(`NOT COALESCE(${of.sql}, ${NEVER})`, [of]);
    }
  }
}

function comparable(scope: Scope, expression: Expression): Fragment {
  return withoutNaN(scope, writeExpression(scope, expression));
}

/** For two non-missing numbers, since LEAST and GREATEST of some databases ignore NULL. */
function extreme(scope: Scope, op: 'min' | 'max', left: Fragment, right: Fragment): Fragment {
  const a = scope.layers.bind(withoutNaN(scope, left));
  const b = scope.layers.bind(withoutNaN(scope, right));
  const pick = op === 'min' ? Math.min : Math.max;
  const range = {
    low: pick(a.range.low, b.range.low),
    high: pick(a.range.high, b.range.high),
    tiny: Math.min(a.range.tiny, b.range.tiny),
  };
  const [first, second] = a.constant === undefined ? [a, b] : [b, a];
  const isBeyond = `${operand(first)} ${op === 'min' ? '>' : '<'} ${operand(second)}`;
  const isMissing =
    second.constant === undefined ? `WHEN ${first.sql} IS NULL OR ${second.sql} IS NULL THEN NULL ` : '';
  return fragment(`CASE ${isMissing}WHEN ${isBeyond} THEN ${second.sql} ELSE ${first.sql} END`, [a, b], {
    isAtom: true,
    range,
  });
}
