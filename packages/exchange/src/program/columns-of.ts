import type { Condition, Expression } from './expression.js';
import type { ColumnId } from './program.js';

/** The direct operands of an expression or a condition. */
function childrenOf(node: Expression | Condition): readonly (Expression | Condition)[] {
  switch (node.op) {
    case 'column':
    case 'number':
    case 'text':
      return [];
    case 'linear':
      return node.terms.map(({ of }) => of);
    case 'choose':
      return [...node.cases.flatMap(({ when, then }) => [when, then]), node.otherwise];
    case 'lookup':
      return [node.of, node.missing, node.otherwise];
    case 'less':
    case 'lessOrEqual':
    case 'equal':
      return [node.left, node.right];
    default:
      return Array.isArray(node.of) ? node.of : [node.of as Expression | Condition];
  }
}

/** The columns that an expression or a condition reads. */
export function columnsOf(node: Expression | Condition, found: Set<ColumnId> = new Set()): Set<ColumnId> {
  if (node.op === 'column') found.add(node.id);
  for (const child of childrenOf(node)) columnsOf(child, found);
  return found;
}
