import type { Condition } from '../program/expression.js';
import { expressionValue } from './expression-value.js';
import { MISSING_TEXT } from './missing-text.js';
import type { RowCondition, RowGraph, RowValue } from './row-graph.js';
import { unsupportedDates } from './unsupported-dates.js';

const COMPARISONS = { less: 'Less', lessOrEqual: 'LessOrEqual', equal: 'Equal' } as const;

/** Nodes for a condition. */
export function conditionValue(graph: RowGraph, condition: Condition): RowCondition {
  switch (condition.op) {
    case 'less':
    case 'lessOrEqual':
    case 'equal': {
      const left = expressionValue(graph, condition.left);
      const right = expressionValue(graph, condition.right);
      const holds = graph.test(COMPARISONS[condition.op], left, right);
      // That two numbers are missing makes them equal in no runtime, but so it is with texts.
      return left.kind === 'number' ? holds : and(graph, holds, graph.test('Not', isMissing(graph, left)));
    }
    case 'oneOf':
      return isOneOf(graph, expressionValue(graph, condition.of), condition.levels);
    case 'isMissing':
      return isMissing(graph, expressionValue(graph, condition.of));
    case 'isInfinite':
      return graph.test('IsInf', expressionValue(graph, condition.of));
    case 'isDate':
      throw unsupportedDates();
    case 'and':
    case 'or': {
      const operator = condition.op === 'and' ? 'And' : 'Or';
      const start = constantCondition(graph, condition.op === 'and');
      const parts = condition.of.map((part) => conditionValue(graph, part));
      return parts.length === 0 ? start : parts.reduce((left, right) => graph.test(operator, left, right));
    }
    case 'not':
      return graph.test('Not', conditionValue(graph, condition.of));
  }
}

function and(graph: RowGraph, left: RowCondition, right: RowCondition): RowCondition {
  return graph.test('And', left, right);
}

/** Whether a number is NaN, or a text empty. */
export function isMissing(graph: RowGraph, value: RowValue): RowCondition {
  return value.kind === 'number'
    ? graph.test('IsNaN', value)
    : graph.test('Equal', value, graph.textOf(MISSING_TEXT));
}

export function constantCondition(graph: RowGraph, holds: boolean): RowCondition {
  return graph.test('Less', graph.numberOf(0), graph.numberOf(holds ? 1 : 0));
}

function isOneOf(graph: RowGraph, { name, isConstant }: RowValue, levels: readonly string[]): RowCondition {
  const strings = levels.filter((level) => level !== MISSING_TEXT);
  if (strings.length === 0) return constantCondition(graph, false);
  const count = graph.mlNode('LabelEncoder', [name], {
    keys_strings: { strings },
    values_int64s: { integers: strings.map(() => 1) },
    default_int64: 0,
  });
  return { name: graph.node('Cast', [count], { to: 9 }), isConstant };
}
