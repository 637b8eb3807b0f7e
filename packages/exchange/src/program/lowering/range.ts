import { cos, exp, expm1, log, log1p, pow, tanh } from '@churn/core';
import type { Expression } from '../expression.js';
import type { ColumnId } from '../program.js';

/** Bounds of the non-missing values of a column, inclusive even if infinite. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export const ANY: Range = { from: -Infinity, to: Infinity };
export const FINITE: Range = { from: -Number.MAX_VALUE, to: Number.MAX_VALUE };

export function isBounded({ from, to }: Range): boolean {
  return from > -Infinity && to < Infinity;
}

/** Bounds of the values of an expression, from the ranges of the columns that it reads; meaningless for texts. */
export function rangeOf(expression: Expression, ofColumn: (id: ColumnId) => Range): Range {
  const of = (each: Expression) => rangeOf(each, ofColumn);
  switch (expression.op) {
    case 'column':
      return ofColumn(expression.id);
    case 'number':
      return { from: expression.value, to: expression.value };
    case 'add':
      return expression.of.map(of).reduce(sum);
    case 'subtract':
      return expression.of.map(of).reduce((a, b) => sum(a, negated(b)));
    case 'multiply':
      return expression.of.map(of).reduce(product);
    case 'divide':
      return expression.of.map(of).reduce(quotient);
    case 'linear':
      return expression.terms.reduce(
        (all, { weight, of: term }) => sum(all, product({ from: weight, to: weight }, of(term))),
        { from: expression.intercept, to: expression.intercept },
      );
    case 'min':
      return expression.of
        .map(of)
        .reduce((a, b) => ({ from: Math.min(a.from, b.from), to: Math.min(a.to, b.to) }));
    case 'max':
      return expression.of
        .map(of)
        .reduce((a, b) => ({ from: Math.max(a.from, b.from), to: Math.max(a.to, b.to) }));
    case 'choose':
      return union([...expression.cases.map(({ then }) => of(then)), of(expression.otherwise)]);
    case 'lookup':
      return union([
        ...Array.from(expression.entries.values(), of),
        of(expression.missing),
        of(expression.otherwise),
      ]);
    case 'interpolate':
      return union(expression.y.map((y) => ({ from: y, to: y })));
    case 'step':
      return union(expression.values.map((value) => ({ from: value, to: value })));
    case 'negate':
      return negated(of(expression.of));
    case 'exp':
      return mapped(of(expression.of), exp);
    case 'expm1':
      return mapped(of(expression.of), expm1);
    case 'log':
      return mapped(atLeast(of(expression.of), 0), log);
    case 'log1p':
      return mapped(atLeast(of(expression.of), -1), log1p);
    case 'sqrt':
      return mapped(atLeast(of(expression.of), 0), Math.sqrt);
    case 'tanh':
      return mapped(of(expression.of), tanh);
    case 'cos':
      return { from: cos(Math.PI), to: 1 };
    case 'sigmoid':
      return { from: 0, to: 1 };
    case 'abs': {
      const { from, to } = of(expression.of);
      return { from: 0, to: Math.max(Math.abs(from), Math.abs(to)) };
    }
    case 'power': {
      const { from, to } = of(expression.of);
      const { exponent } = expression;
      return from > 0 && exponent > 0 ? mapped({ from, to }, (x) => pow(x, exponent)) : ANY;
    }
    case 'datePart':
      return { from: 0, to: 9999 };
    default:
      return ANY;
  }
}

function sum(a: Range, b: Range): Range {
  return numbers(a.from + b.from, a.to + b.to);
}

function negated({ from, to }: Range): Range {
  return { from: -to, to: -from };
}

function product(a: Range, b: Range): Range {
  const ends = [a.from * b.from, a.from * b.to, a.to * b.from, a.to * b.to];
  return ends.some(Number.isNaN) ? ANY : { from: Math.min(...ends), to: Math.max(...ends) };
}

function quotient(a: Range, b: Range): Range {
  if (b.from <= 0 && b.to >= 0) return ANY;
  return product(a, { from: 1 / b.to, to: 1 / b.from });
}

function mapped({ from, to }: Range, rising: (x: number) => number): Range {
  return numbers(rising(from), rising(to));
}

function atLeast({ from, to }: Range, least: number): Range {
  return { from: Math.max(from, least), to: Math.max(to, least) };
}

/** Missing values are ignored. */
function union(ranges: readonly Range[]): Range {
  const known = ranges.filter(({ from, to }) => !Number.isNaN(from) && !Number.isNaN(to));
  return {
    from: known.reduce((least, { from }) => Math.min(least, from), Infinity),
    to: known.reduce((most, { to }) => Math.max(most, to), -Infinity),
  };
}

function numbers(from: number, to: number): Range {
  return Number.isNaN(from) || Number.isNaN(to) ? ANY : { from, to };
}
