import type { ColumnId } from './program.js';

/** A number or a text of a row. Which of the two follows from what it is made of, and a part that must be the one is never the other. */
export type Expression =
  | { readonly op: 'column'; readonly id: ColumnId }
  /** `NaN` is a missing number. */
  | { readonly op: 'number'; readonly value: number }
  /** `null` is a missing text. */
  | { readonly op: 'text'; readonly value: string | null }
  /** Left to right. */
  | { readonly op: 'add' | 'subtract' | 'multiply' | 'divide'; readonly of: readonly Expression[] }
  /** `intercept + weight * of + …`, left to right. */
  | {
      readonly op: 'linear';
      readonly intercept: number;
      readonly terms: readonly { readonly weight: number; readonly of: Expression }[];
    }
  | { readonly op: UnaryFunction; readonly of: Expression }
  /** To a constant power. */
  | { readonly op: 'power'; readonly of: Expression; readonly exponent: number }
  | { readonly op: 'min' | 'max'; readonly of: readonly Expression[] }
  /** The first case that holds. */
  | {
      readonly op: 'choose';
      readonly cases: readonly { readonly when: Condition; readonly then: Expression }[];
      readonly otherwise: Expression;
    }
  /** What stands for a text; `missing` for a missing one, and `otherwise` for any other. */
  | {
      readonly op: 'lookup';
      readonly of: Expression;
      readonly entries: ReadonlyMap<string, Expression & { readonly op: 'number' | 'text' }>;
      readonly missing: Expression;
      readonly otherwise: Expression;
    }
  /** Between points whose `x` rise: the straight line; beyond the ends: the `y` of the end. `x` and `y` are of one length, at least 1. */
  | {
      readonly op: 'interpolate';
      readonly of: Expression;
      readonly x: readonly number[];
      readonly y: readonly number[];
    }
  /** `values[i]` for numbers beyond `edges[i - 1]`, up to and with `edges[i]`; edges rise, and there is a value more than edges. */
  | {
      readonly op: 'step';
      readonly of: Expression;
      readonly edges: readonly number[];
      readonly values: readonly number[];
    }
  /** A part of a text that is a date, in UTC, as `DateParts` tells it; missing where the text is no date. */
  | { readonly op: 'datePart'; readonly part: ProgramDatePart; readonly of: Expression };

/** Natural logarithms; `normalQuantile` is the inverse of the distribution function of the standard normal. */
export type UnaryFunction =
  | 'negate'
  | 'abs'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'expm1'
  | 'sqrt'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'normalQuantile';

export type ProgramDatePart =
  | 'year'
  | 'month'
  | 'day'
  | 'weekday'
  | 'dayOfYear'
  | 'hour'
  | 'minute'
  | 'second';

/** Holds of a row, or does not. A comparison with what is missing does not hold, so that its `not` does. */
export type Condition =
  | { readonly op: 'less' | 'lessOrEqual' | 'equal'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'oneOf'; readonly of: Expression; readonly levels: readonly string[] }
  | { readonly op: 'isMissing'; readonly of: Expression }
  /** A number beyond the range of doubles. */
  | { readonly op: 'isInfinite'; readonly of: Expression }
  /** Of a text that is there. */
  | { readonly op: 'isDate'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };
