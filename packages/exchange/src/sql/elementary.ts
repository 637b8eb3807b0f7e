import { exp } from '@churn/core';
import type { PolynomialRatio } from '@churn/transforms';
import { divide, negate, product, quotient, sum } from './arithmetic.js';
import { type Fragment, fragment, operand } from './fragment.js';
import { between, type NumberRange } from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

/** Outside of these bounds, `exp` overflows or returns denormal numbers, which some databases reject. */
const LARGEST_EXPONENT = 709.7;
const MIN_EXPONENT = -708;

export function absolute(value: Fragment): Fragment {
  const { low, high, tiny } = value.range;
  const [small, large] = [Math.abs(low), Math.abs(high)];
  const range = { low: low > 0 ? low : high < 0 ? -high : 0, high: Math.max(small, large), tiny };
  return call('ABS', value, range);
}

export function exponential({ dialect, layers }: Scope, value: Fragment): Fragment {
  const range = between(exp(value.range.low) || 0, exp(value.range.high));
  const grows = dialect.raises.overflow && value.range.high > LARGEST_EXPONENT;
  const vanishes = dialect.raises.underflow && value.range.low < MIN_EXPONENT;
  if (!grows && !vanishes) return call('EXP', value, range);
  const x = layers.bind(value);
  const above = `WHEN ${x.sql} > ${dialect.number(LARGEST_EXPONENT)} THEN ${dialect.infinity} `;
  const below = `WHEN ${x.sql} < ${dialect.number(MIN_EXPONENT)} THEN ${dialect.number(0)} `;
  return fragment(`CASE ${grows ? above : ''}${vanishes ? below : ''}ELSE EXP(${x.sql}) END`, [x], {
    isAtom: true,
    range,
    mayBeNaN: x.mayBeNaN,
  });
}

/** NULL below 0, where most databases fail. */
export function logarithm(scope: Scope, value: Fragment): Fragment {
  const { dialect, layers } = scope;
  const range = value.range.high < 2 ? between(-Infinity, 1) : between(-Infinity, Infinity);
  if (value.range.low > 0) return call('LN', value, between(-746, 710));
  const x = layers.bind(withoutNaN(scope, value));
  const zero = dialect.number(0);
  return fragment(
    `CASE WHEN ${operand(x)} > ${zero} THEN LN(${x.sql}) WHEN ${operand(x)} = ${zero} THEN -${dialect.infinity} END`,
    [x],
    { isAtom: true, range },
  );
}

/** `log(1 + x)`, corrected for the rounding error of `1 + x`. */
export function logarithmOfSum(scope: Scope, value: Fragment): Fragment {
  const { dialect, layers } = scope;
  const number = dialect.number;
  const x = layers.bind(withoutNaN(scope, value));
  const near = `LN(${number(1)} + ${operand(x)}) * (${operand(x)} / ((${number(1)} + ${operand(x)}) - ${number(1)}))`;
  return fragment(
    `CASE WHEN ${operand(x)} > ${number(1e15)} THEN LN(${x.sql}) WHEN ${operand(x)} > ${number(-1)} THEN CASE WHEN ${number(1)} + ${operand(x)} = ${number(1)} THEN ${x.sql} ELSE ${near} END WHEN ${operand(x)} = ${number(-1)} THEN -${dialect.infinity} END`,
    [x],
    {
      isAtom: true,
      range: between(x.range.low >= 0 ? 0 : -Infinity, x.range.high === Infinity ? Infinity : 710),
    },
  );
}

/** `1 / k!` for k = 1, 2, …. */
const SERIES = Array.from({ length: 12 }, (_, i) => 1 / factorial(i + 1));

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

/** Computed by its series near 0, where `exp(x) - 1` loses precision. */
export function exponentialLessOne(scope: Scope, value: Fragment): Fragment {
  const { dialect, layers } = scope;
  const number = dialect.number;
  const x = layers.bind(withoutNaN(scope, value));
  const far = sum(scope, [exponential(scope, x), numberFragment(scope, -1)]);
  const series = SERIES.reduceRight(
    (rest, factor) => (rest === '' ? number(factor) : `${number(factor)} + ${operand(x)} * (${rest})`),
    '',
  );
  return fragment(
    `CASE WHEN ABS(${x.sql}) < ${number(1e-20)} THEN ${x.sql} WHEN ABS(${x.sql}) < ${number(0.125)} THEN ${operand(x)} * (${series}) ELSE ${far.sql} END`,
    [x, far],
    { isAtom: true, range: between(-1, exp(x.range.high)) },
  );
}

/** NULL below 0, where most databases fail. */
export function squareRoot(scope: Scope, value: Fragment): Fragment {
  const range = between(0, Math.sqrt(Math.max(value.range.high, 0)));
  if (value.range.low >= 0) return call('SQRT', value, range);
  const x = scope.layers.bind(withoutNaN(scope, value));
  return fragment(`CASE WHEN ${operand(x)} >= ${scope.dialect.number(0)} THEN SQRT(${x.sql}) END`, [x], {
    isAtom: true,
    range,
  });
}

export function cosine(value: Fragment): Fragment {
  return call('COS', value, between(-1, 1));
}

export function hyperbolicTangent(value: Fragment): Fragment {
  return call('TANH', value, between(-1, 1));
}

/** `1 / (1 + exp(-x))`. */
export function logisticFunction(scope: Scope, value: Fragment): Fragment {
  const { dialect, layers } = scope;
  const one = numberFragment(scope, 1);
  if (!dialect.raises.overflow) {
    const plain = divide(scope, [one, sum(scope, [one, exponential(scope, negate(value))])]);
    return { ...plain, range: between(0, 1) };
  }
  const x = layers.bind(value);
  const number = dialect.number;
  return fragment(
    `CASE WHEN ${x.sql} < ${number(-700)} THEN ${number(0)} WHEN ${x.sql} > ${number(700)} THEN ${number(1)} ELSE ${one.sql} / (${one.sql} + EXP(-${operand(x)})) END`,
    [x],
    { isAtom: true, range: between(0, 1), mayBeNaN: x.mayBeNaN },
  );
}

/** NULL for a base below 0. */
export function power(scope: Scope, base: Fragment, exponent: number): Fragment {
  const { dialect, layers } = scope;
  const x = layers.bind(withoutNaN(scope, base));
  if (exponent === 0) {
    return fragment(`CASE WHEN ${x.sql} IS NOT NULL THEN ${dialect.number(1)} END`, [x], {
      isAtom: true,
      range: between(1, 1),
    });
  }
  const number = dialect.number;
  const zero = number(0);
  const atZero = exponent > 0 ? zero : dialect.infinity;
  const isBeyond = (bound: number, isAbove: boolean, then: string) =>
    `WHEN LN(${x.sql}) * ${number(exponent)} ${isAbove ? '>' : '<'} ${number(bound)} THEN ${then} `;
  const above = dialect.raises.overflow ? isBeyond(LARGEST_EXPONENT, true, dialect.infinity) : '';
  const below = dialect.raises.underflow ? isBeyond(MIN_EXPONENT, false, zero) : '';
  return fragment(
    `CASE WHEN ${operand(x)} < ${zero} THEN NULL WHEN ${operand(x)} = ${zero} THEN ${atZero} ${above}${below}ELSE POWER(${x.sql}, ${number(exponent)}) END`,
    [x],
    { isAtom: true, range: between(0, Infinity) },
  );
}

/** A polynomial with the given coefficients, lowest power first. */
function polynomial(scope: Scope, coefficients: readonly number[], x: Fragment): Fragment {
  const [last, ...others] = coefficients.toReversed();
  return others.reduce(
    (value, coefficient) => sum(scope, [product(scope, value, x), numberFragment(scope, coefficient)]),
    numberFragment(scope, last),
  );
}

/** The quotient of two polynomials; the divisor must be positive. */
export function rational(scope: Scope, { numerator, denominator }: PolynomialRatio, x: Fragment): Fragment {
  const bound = scope.layers.bind(x);
  return quotient(scope, polynomial(scope, numerator, bound), polynomial(scope, denominator, bound));
}

function call(name: string, value: Fragment, range: NumberRange): Fragment {
  return fragment(`${name}(${value.sql})`, [value], { isAtom: true, range, mayBeNaN: value.mayBeNaN });
}
