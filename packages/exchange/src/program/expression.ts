import type { ColumnId } from './program.js';

/** A number or a text of a row. Its kind follows from its operands, which always have the right kind. */
export type Expression =
  | { readonly op: 'column'; readonly id: ColumnId }
  /** `NaN` is a missing number. */
  | { readonly op: 'number'; readonly value: number }
  /** `null` is a missing text. */
  | { readonly op: 'text'; readonly value: string | null }
  /** Evaluated from left to right. */
  | { readonly op: 'add' | 'subtract' | 'multiply' | 'divide'; readonly of: readonly Expression[] }
  /** `intercept + weight * of + …`, left to right. */
  | {
      readonly op: 'linear';
      readonly intercept: number;
      readonly terms: readonly { readonly weight: number; readonly of: Expression }[];
    }
  | { readonly op: UnaryFunction; readonly of: Expression }
  /** A constant power. */
  | { readonly op: 'power'; readonly of: Expression; readonly exponent: number }
  | { readonly op: 'min' | 'max'; readonly of: readonly Expression[] }
  /** The value of the first case that holds. */
  | {
      readonly op: 'choose';
      readonly cases: readonly { readonly when: Condition; readonly then: Expression }[];
      readonly otherwise: Expression;
    }
  /** The value of a text; `missing` for a missing text, and `otherwise` for any other. */
  | {
      readonly op: 'lookup';
      readonly of: Expression;
      readonly entries: ReadonlyMap<string, Expression & { readonly op: 'number' | 'text' }>;
      readonly missing: Expression;
      readonly otherwise: Expression;
    }
  /** Linear interpolation between points with ascending `x`, constant beyond the ends. `x` and `y` have the same length, at least 1. */
  | {
      readonly op: 'interpolate';
      readonly of: Expression;
      readonly x: readonly number[];
      readonly y: readonly number[];
    }
  /** A step function: `values[i]` above `edges[i - 1]` up to and including `edges[i]`. Edges ascend, and there is one more value than edges. */
  | {
      readonly op: 'step';
      readonly of: Expression;
      readonly edges: readonly number[];
      readonly values: readonly number[];
    }
  /** A part of a date in UTC, as in `DateParts`; missing if the text is not a date. */
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

/** A condition on a row. A comparison with a missing value does not hold, so its negation does. */
export type Condition =
  | { readonly op: 'less' | 'lessOrEqual' | 'equal'; readonly left: Expression; readonly right: Expression }
  | { readonly op: 'oneOf'; readonly of: Expression; readonly levels: readonly string[] }
  | { readonly op: 'isMissing'; readonly of: Expression }
  /** Whether a number is infinite. */
  | { readonly op: 'isInfinite'; readonly of: Expression }
  /** Whether a non-missing text is a date. */
  | { readonly op: 'isDate'; readonly of: Expression }
  | { readonly op: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly op: 'not'; readonly of: Condition };
