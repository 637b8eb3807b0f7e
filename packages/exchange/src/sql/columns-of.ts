import type { Condition, Expression } from '../program/expression.js';
import type { ColumnId } from '../program/program.js';

/** The columns that a condition reads. */
export function columnsOfCondition(condition: Condition): ColumnId[] {
  switch (condition.op) {
    case 'less':
    case 'lessOrEqual':
    case 'equal':
      return [...columnsOf(condition.left), ...columnsOf(condition.right)];
    case 'oneOf':
    case 'isMissing':
    case 'isInfinite':
    case 'isDate':
      return columnsOf(condition.of);
    case 'and':
    case 'or':
      return condition.of.flatMap(columnsOfCondition);
    case 'not':
      return columnsOfCondition(condition.of);
  }
}

/** The columns that an expression reads. */
function columnsOf(expression: Expression): ColumnId[] {
  switch (expression.op) {
    case 'column':
      return [expression.id];
    case 'number':
    case 'text':
      return [];
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'min':
    case 'max':
      return expression.of.flatMap(columnsOf);
    case 'linear':
      return expression.terms.flatMap(({ of }) => columnsOf(of));
    case 'choose':
      return [
        ...expression.cases.flatMap(({ when, then }) => [...columnsOfCondition(when), ...columnsOf(then)]),
        ...columnsOf(expression.otherwise),
      ];
    case 'lookup':
      return [expression.of, expression.missing, expression.otherwise].flatMap(columnsOf);
    default:
      return columnsOf(expression.of);
  }
}
