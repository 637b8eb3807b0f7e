import type { Condition, Expression } from '../expression.js';
import type { ColumnId } from '../program.js';

/** Short forms of expressions. */

export const column = (id: ColumnId): Expression => ({ op: 'column', id });

export const number = (value: number): Expression & { readonly op: 'number' } => ({ op: 'number', value });

export const text = (value: string | null): Expression & { readonly op: 'text' } => ({ op: 'text', value });

export const MISSING = number(NaN);

export const add = (...of: readonly Expression[]): Expression => ({ op: 'add', of });

export const subtract = (...of: readonly Expression[]): Expression => ({ op: 'subtract', of });

export const multiply = (...of: readonly Expression[]): Expression => ({ op: 'multiply', of });

export const divide = (...of: readonly Expression[]): Expression => ({ op: 'divide', of });

export const atMost = (of: Expression, max: number): Expression => ({ op: 'min', of: [of, number(max)] });

export const atLeast = (of: Expression, min: number): Expression => ({
  op: 'max',
  of: [of, number(min)],
});

/** Clipped to between `min` and `max`. */
export const clamp = (of: Expression, min: number, max: number): Expression => atMost(atLeast(of, min), max);

export const negate = (of: Expression): Expression => ({ op: 'negate', of });

/** `intercept + weights[0] * of[0] + …`. */
export const linear = (
  intercept: number,
  weights: ArrayLike<number>,
  of: readonly Expression[],
): Expression => ({
  op: 'linear',
  intercept,
  terms: of.map((each, i) => ({ weight: weights[i], of: each })),
});

/** A case of a choice. */
export const caseOf = (when: Condition, then: Expression) => ({ when, then });

/** `value` if `when` holds, otherwise `otherwise`. */
export const choose = (when: Condition, value: Expression, otherwise: Expression): Expression => ({
  op: 'choose',
  cases: [caseOf(when, value)],
  otherwise,
});

export const isMissing = (of: Expression): Condition => ({ op: 'isMissing', of });

export const isInfinite = (of: Expression): Condition => ({ op: 'isInfinite', of });

export const not = (of: Condition): Condition => ({ op: 'not', of });

export const and = (...of: readonly Condition[]): Condition => ({ op: 'and', of });

export const or = (...of: readonly Condition[]): Condition => ({ op: 'or', of });

export const less = (left: Expression, right: Expression): Condition => ({ op: 'less', left, right });

export const lessOrEqual = (left: Expression, right: Expression): Condition => ({
  op: 'lessOrEqual',
  left,
  right,
});
