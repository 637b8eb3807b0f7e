import type { Condition, Expression } from '../program/expression.js';
import { doublesInBase64 } from './base64.js';
import type { HelperName } from './helpers.js';

/** The module for which expressions are written. */
export interface SourceContext {
  /** The variable name of a column. */
  variable(id: number): string;
  /** Adds a helper function to the module. @returns its name. */
  helper<H extends HelperName>(name: H): H;
  /** Adds a constant to the module. @returns its name. */
  constant(kind: string, value: string): string;
}

const INFIX = { add: ' + ', subtract: ' - ', multiply: ' * ', divide: ' / ' } as const;

const FUNCTIONS = {
  abs: 'Math.abs',
  exp: 'Math.exp',
  log: 'Math.log',
  log1p: 'Math.log1p',
  expm1: 'Math.expm1',
  sqrt: 'Math.sqrt',
  tanh: 'Math.tanh',
} as const;

/** An expression as JavaScript, in which a missing number is `NaN` and a missing text `null`. */
export function expressionSource(expression: Expression, context: SourceContext): string {
  const of = (each: Expression) => expressionSource(each, context);
  switch (expression.op) {
    case 'column':
      return context.variable(expression.id);
    case 'number':
      return numberSource(expression.value);
    case 'text':
      return JSON.stringify(expression.value);
    case 'add':
    case 'subtract':
    case 'multiply':
    case 'divide':
      return `(${expression.of.map(of).join(INFIX[expression.op])})`;
    case 'linear':
      return `(${[
        numberSource(expression.intercept),
        ...expression.terms.map(({ weight, of: term }) => `${numberSource(weight)} * ${of(term)}`),
      ].join(' + ')})`;
    case 'min':
      return `Math.min(${expression.of.map(of).join(', ')})`;
    case 'max':
      return `Math.max(${expression.of.map(of).join(', ')})`;
    case 'choose':
      return `(${expression.cases
        .map(({ when, then }) => `${conditionSource(when, context)} ? ${of(then)} : `)
        .join('')}${of(expression.otherwise)})`;
    case 'lookup': {
      const pairs = Array.from(
        expression.entries,
        ([text, value]) => `[${JSON.stringify(text)}, ${of(value)}]`,
      );
      const map = context.constant('levels', `new Map([${pairs.join(', ')}])`);
      const parts = [map, of(expression.of), of(expression.missing), of(expression.otherwise)];
      return `${context.helper('lookUp')}(${parts.join(', ')})`;
    }
    case 'interpolate': {
      const [x, y] = [expression.x, expression.y].map((each) =>
        context.constant('points', numbersSource(each, context)),
      );
      return `${context.helper('interpolate')}(${x}, ${y}, ${of(expression.of)})`;
    }
    case 'step': {
      const edges = context.constant('edges', numbersSource(expression.edges, context));
      const heights = context.constant('heights', numbersSource(expression.values, context));
      return `${context.helper('step')}(${edges}, ${heights}, ${of(expression.of)})`;
    }
    case 'datePart':
      return `${context.helper('datePart')}(${of(expression.of)}, ${JSON.stringify(expression.part)})`;
    case 'negate':
      return `(-${of(expression.of)})`;
    case 'power':
      return `Math.pow(${of(expression.of)}, ${numberSource(expression.exponent)})`;
    case 'sigmoid':
      return `${context.helper('sigmoid')}(${of(expression.of)})`;
    case 'cos':
      return `${context.helper('cosine')}(${of(expression.of)})`;
    case 'normalQuantile':
      return `${context.helper('normalQuantile')}(${of(expression.of)})`;
    default:
      return `${FUNCTIONS[expression.op]}(${of(expression.of)})`;
  }
}

/** A condition as JavaScript. */
export function conditionSource(condition: Condition, context: SourceContext): string {
  const value = (each: Expression) => expressionSource(each, context);
  switch (condition.op) {
    case 'less':
      return `${value(condition.left)} < ${value(condition.right)}`;
    case 'lessOrEqual':
      return `${value(condition.left)} <= ${value(condition.right)}`;
    case 'equal': {
      const [left, right] = [value(condition.left), value(condition.right)];
      // A missing text is null, which equals null.
      return `(${left} === ${right} && ${left} !== null)`;
    }
    case 'oneOf': {
      const of = value(condition.of);
      if (condition.levels.length === 0) return 'false';
      if (condition.levels.length === 1) return `${of} === ${JSON.stringify(condition.levels[0])}`;
      return `${context.constant('levels', `new Set(${JSON.stringify(condition.levels)})`)}.has(${of})`;
    }
    case 'isMissing':
      return `${context.helper('isMissing')}(${value(condition.of)})`;
    case 'isInfinite':
      return `Math.abs(${value(condition.of)}) === Infinity`;
    case 'isDate':
      return `${context.helper('dateParts')}(${value(condition.of)}) !== null`;
    case 'and':
    case 'or': {
      if (condition.of.length === 0) return condition.op === 'and' ? 'true' : 'false';
      return `(${condition.of.map((each) => conditionSource(each, context)).join(condition.op === 'and' ? ' && ' : ' || ')})`;
    }
    case 'not':
      return `!(${conditionSource(condition.of, context)})`;
  }
}

/** A number that is read back exactly. A negative one is in brackets, since it may follow a minus. */
export function numberSource(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Object.is(value, -0)) return '(-0)';
  return value < 0 ? `(${value})` : String(value);
}

/** The maximum number of numbers written as decimals; more are packed. */
const MAX_DECIMALS = 24;

function numbersSource(values: readonly number[], context: SourceContext): string {
  if (values.length > MAX_DECIMALS) return `${context.helper('doubles')}("${doublesInBase64(values)}")`;
  return `[${values.map((value) => (Object.is(value, -0) ? '-0' : String(value))).join(', ')}]`;
}
