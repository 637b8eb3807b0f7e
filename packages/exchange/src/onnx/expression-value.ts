import type { Condition, Expression } from '../program/expression.js';
import { cosineValue } from './cosine-value.js';
import { expm1Value, log1pValue } from './logarithms.js';
import { lookupValue } from './lookup-value.js';
import { normalQuantileValue } from './normal-quantile-value.js';
import { interpolateValue, stepValue } from './piecewise.js';
import { constantCondition, isMissing, isOneOf } from './row-conditions.js';
import type { RowCondition, RowGraph, RowValue } from './row-graph.js';
import { unsupportedDates } from './unsupported-dates.js';

const OPERATORS = {
  add: 'Add',
  subtract: 'Sub',
  multiply: 'Mul',
  divide: 'Div',
  min: 'Min',
  max: 'Max',
} as const;

const FUNCTIONS = {
  negate: 'Neg',
  abs: 'Abs',
  exp: 'Exp',
  log: 'Log',
  sqrt: 'Sqrt',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
} as const;

const COMPARISONS = { less: 'Less', lessOrEqual: 'LessOrEqual', equal: 'Equal' } as const;

/** Creates the nodes of an expression. */
export function expressionValue(graph: RowGraph, expression: Expression): RowValue {
  const made = (part: Expression) => expressionValue(graph, part);
  switch (expression.op) {
    case 'column':
      return graph.column(expression.id);
    case 'number':
      return graph.numberOf(expression.value);
    case 'text':
      return expression.value === null ? graph.missing('text') : graph.textOf(graph.level(expression.value));
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
    case 'min':
    case 'max': {
      const operator = OPERATORS[expression.op];
      return expression.of.map(made).reduce((left, right) => graph.apply(operator, left, right));
    }
    case 'linear':
      return linearValue(
        graph,
        expression.intercept,
        expression.terms.map(({ weight, of }) => ({ weight, of: made(of) })),
      );
    case 'power':
      return powerValue(graph, made(expression.of), expression.exponent);
    case 'cos':
      return cosineValue(graph, made(expression.of));
    case 'log1p':
      return log1pValue(graph, made(expression.of));
    case 'expm1':
      return expm1Value(graph, made(expression.of));
    case 'normalQuantile':
      return normalQuantileValue(graph, made(expression.of));
    case 'choose':
      return expression.cases.reduceRight(
        (otherwise, { when, then }) => graph.where(conditionValue(graph, when), made(then), otherwise),
        made(expression.otherwise),
      );
    case 'lookup':
      return lookupValue(graph, expression, made);
    case 'interpolate':
      return interpolateValue(graph, made(expression.of), expression);
    case 'step':
      return stepValue(graph, made(expression.of), expression);
    case 'datePart':
      throw unsupportedDates();
    default:
      return graph.apply(FUNCTIONS[expression.op], made(expression.of));
  }
}

/** A matrix product if there are three terms or more, so that columns computed from the same ones share their matrix. */
function linearValue(
  graph: RowGraph,
  intercept: number,
  terms: readonly { readonly weight: number; readonly of: RowValue }[],
): RowValue {
  if (terms.length < 3 || terms.every(({ of }) => of.isConstant)) {
    return terms.reduce(
      (sum, { weight, of }) => graph.apply('Add', sum, graph.apply('Mul', graph.numberOf(weight), of)),
      graph.numberOf(intercept),
    );
  }
  const matrix = graph.matrix(terms.map(({ of }) => of));
  const values = terms.map(({ weight }) => weight);
  const weights = graph.constant({ type: 'double', dims: [values.length, 1], values });
  const product = graph.node('MatMul', [matrix, weights]);
  return graph.apply('Add', { name: product, kind: 'number', isConstant: false }, graph.numberOf(intercept));
}

/** A power that keeps missing numbers, which `Pow` maps to 1 for the exponent 0. */
function powerValue(graph: RowGraph, of: RowValue, exponent: number): RowValue {
  const power = graph.apply('Pow', of, graph.numberOf(exponent));
  return exponent === 0 ? graph.where(graph.test('IsNaN', of), of, power) : power;
}

/** Creates the nodes of a condition. */
export function conditionValue(graph: RowGraph, condition: Condition): RowCondition {
  switch (condition.op) {
    case 'less':
    case 'lessOrEqual':
    case 'equal': {
      const left = expressionValue(graph, condition.left);
      const right = expressionValue(graph, condition.right);
      const holds = graph.test(COMPARISONS[condition.op], left, right);
      // Missing numbers are never equal, but missing texts would be.
      return left.kind === 'number'
        ? holds
        : graph.test('And', holds, graph.test('Not', isMissing(graph, left)));
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
