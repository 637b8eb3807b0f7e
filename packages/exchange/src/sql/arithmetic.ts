import { powerOfTwo } from '@churn/core';
import { type Fragment, fragment, operand } from './fragment.js';
import {
  between,
  finitePart,
  isFiniteRange,
  type NumberRange,
  negated,
  productRange,
  quotientRange,
  sizeOf,
  sumRange,
} from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

/** Where underflow is an error, products and quotients of smaller magnitude are replaced by 0. */
const NEARLY_ZERO = 1e-290;
/** Slightly below the largest double, since bounds are rounded too. */
const NEARLY_LARGEST = 1.797693134862315e308;
/** Longer sums are split into columns, since databases limit the depth of expressions. */
const MAX_TERMS = 100;

/** The sum, from left to right. */
export function sum(scope: Scope, terms: readonly Fragment[]): Fragment {
  let part: Fragment[] = [];
  for (const term of terms) {
    if (part.length === MAX_TERMS) part = [scope.layers.column(shortSum(scope, part))];
    part.push(term);
  }
  return shortSum(scope, part);
}

function shortSum(scope: Scope, terms: readonly Fragment[]): Fragment {
  if (terms.length === 0) return numberFragment(scope, 0);
  if (terms.length === 1) return terms[0];
  let { range, mayBeNaN } = terms[0];
  let finite = finitePart(range);
  for (const term of terms.slice(1)) {
    mayBeNaN ||= term.mayBeNaN || cancels(range, term.range);
    range = sumRange(range, term.range);
    finite = sumRange(finite, finitePart(term.range));
  }
  if (scope.dialect.raises.overflow && !isFiniteRange(finite)) return guardedSum(scope, terms, range);
  return fragment(terms.map(operand).join(' + '), terms, { range, mayBeNaN });
}

/** Whether the sum can be Infinity - Infinity. */
function cancels(a: NumberRange, b: NumberRange): boolean {
  return (a.high === Infinity && b.low === -Infinity) || (a.low === -Infinity && b.high === Infinity);
}

/** Numbers above 1e300 are scaled down before they are added; small terms are then ignored. */
function guardedSum(scope: Scope, all: readonly Fragment[], range: NumberRange): Fragment {
  const { dialect, layers } = scope;
  const terms = all.map((term) => (term.constant === undefined ? layers.bind(term) : term));
  const scale = powerOfTwo(-60);
  const largest = terms.map((term) => `ABS(${term.sql})`).join(', ');
  const scaled = terms.map(
    (term) =>
      `CASE WHEN ABS(${term.sql}) > ${dialect.number(1e200)} THEN ${operand(term)} * ${dialect.number(scale)} ELSE ${dialect.number(0)} END`,
  );
  const plain = terms.map(operand).join(' + ');
  const isPlain = `GREATEST(${largest}) <= ${dialect.number(1e300)}`;
  const fraction = layers.column(
    withoutNaN(
      scope,
      fragment(`CASE WHEN ${isPlain} THEN ${dialect.number(0)} ELSE ${scaled.join(' + ')} END`, terms, {
        isAtom: true,
        mayBeNaN: true,
      }),
    ),
  );
  const limit = dialect.number(Number.MAX_VALUE * scale);
  return fragment(
    `CASE WHEN ${isPlain} THEN ${plain} WHEN ${fraction.sql} > ${limit} THEN ${dialect.infinity} WHEN ${fraction.sql} < -${limit} THEN -${dialect.infinity} ELSE ${fraction.sql} * ${dialect.number(1 / scale)} END`,
    [...terms, fraction],
    { isAtom: true, range, mayBeNaN: true },
  );
}

export function negate(value: Fragment): Fragment {
  return fragment(`-${operand(value)}`, [value], { range: negated(value.range), mayBeNaN: value.mayBeNaN });
}

/** From left to right. */
export function subtract(scope: Scope, [first, ...others]: readonly Fragment[]): Fragment {
  return others.reduce((left, right) => difference(scope, left, right), first);
}

function difference(scope: Scope, a: Fragment, b: Fragment): Fragment {
  const range = sumRange(a.range, negated(b.range));
  const finite = sumRange(finitePart(a.range), negated(finitePart(b.range)));
  if (scope.dialect.raises.overflow && !isFiniteRange(finite)) return shortSum(scope, [a, negate(b)]);
  const mayBeNaN = a.mayBeNaN || b.mayBeNaN || cancels(a.range, negated(b.range));
  return fragment(`${operand(a)} - ${operand(b)}`, [a, b], { range, mayBeNaN });
}

/** From left to right. */
export function multiply(scope: Scope, [first, ...others]: readonly Fragment[]): Fragment {
  return others.reduce((left, right) => product(scope, left, right), first);
}

/** The product of two numbers. */
export function product(scope: Scope, a: Fragment, b: Fragment): Fragment {
  if (a.constant !== undefined && b.constant === undefined) return product(scope, b, a);
  if (b.constant === 1) return a;
  const { raises } = scope.dialect;
  const range = productRange(a.range, b.range);
  const grows = raises.overflow && !isFiniteRange(productRange(finitePart(a.range), finitePart(b.range)));
  const vanishes = raises.underflow && !(range.tiny > 0);
  const mayBeNaN =
    a.mayBeNaN ||
    b.mayBeNaN ||
    (hasZero(a) && !isFiniteRange(b.range)) ||
    (hasZero(b) && !isFiniteRange(a.range));
  if (!grows && !vanishes) return fragment(`${operand(a)} * ${operand(b)}`, [a, b], { range, mayBeNaN });
  const tiny = vanishes ? NEARLY_ZERO / 2 : range.tiny;
  if (b.constant !== undefined) {
    const [x, c] = [scope.layers.bind(a), Math.abs(b.constant)];
    return guarded(scope, x, `${operand(x)} * ${operand(b)}`, {
      above: grows ? NEARLY_LARGEST / c : undefined,
      below: vanishes ? NEARLY_ZERO / c : undefined,
      flips: b.constant < 0,
      range: { ...range, tiny },
    });
  }
  return guardedProduct(scope, scope.layers.bind(a), scope.layers.bind(b), {
    grows,
    vanishes,
    range: { ...range, tiny },
    mayBeNaN,
  });
}

function hasZero({ range }: Fragment): boolean {
  return range.low <= 0 && range.high >= 0;
}

/** An operation on one number that overflows for magnitudes above `above` and underflows for magnitudes below `below`. */
function guarded(
  { dialect }: Scope,
  x: Fragment,
  plain: string,
  guard: {
    readonly above?: number | undefined;
    readonly below?: number | undefined;
    readonly flips: boolean;
    readonly range: NumberRange;
  },
): Fragment {
  const { above, below, flips, range } = guard;
  const [plus, minus] = [dialect.infinity, `-${dialect.infinity}`];
  const cases = [
    ...(above === undefined
      ? []
      : [
          `WHEN ${operand(x)} > ${dialect.number(above)} THEN ${flips ? minus : plus}`,
          `WHEN ${operand(x)} < ${dialect.number(-above)} THEN ${flips ? plus : minus}`,
        ]),
    ...(below === undefined
      ? []
      : [`WHEN ABS(${x.sql}) < ${dialect.number(below)} THEN ${dialect.number(0)}`]),
  ];
  return fragment(`CASE ${cases.join(' ')} ELSE ${plain} END`, [x], {
    isAtom: true,
    range,
    mayBeNaN: x.mayBeNaN,
  });
}

interface PairGuard {
  readonly grows: boolean;
  readonly vanishes: boolean;
  readonly range: NumberRange;
  readonly mayBeNaN: boolean;
}

/** The cases are ordered so that no guard overflows, underflows or divides by 0. */
function guardedProduct({ dialect }: Scope, a: Fragment, b: Fragment, guard: PairGuard): Fragment {
  const { grows, vanishes, range, mayBeNaN } = guard;
  const plain = `${operand(a)} * ${operand(b)}`;
  const number = dialect.number;
  const [sizeOfA, sizeOfB] = [`ABS(${a.sql})`, `ABS(${b.sql})`];
  const small = vanishes
    ? `CASE WHEN ${sizeOfB} < ${number(NEARLY_ZERO)} / ${sizeOfA} THEN ${number(0)} ELSE ${plain} END`
    : plain;
  const large = grows
    ? `CASE WHEN ${sizeOfB} > ${number(NEARLY_LARGEST)} / ${sizeOfA} THEN ${infinityOf(a, b, dialect)} ELSE ${plain} END`
    : plain;
  const isMissing = `WHEN ${a.sql} IS NULL OR ${b.sql} IS NULL THEN NULL`;
  const zero = number(0);
  return fragment(
    `CASE ${isMissing} WHEN ${operand(a)} = ${zero} OR ${operand(b)} = ${zero} THEN ${zero} WHEN ${sizeOfA} < ${number(1)} THEN ${small} ELSE ${large} END`,
    [a, b],
    { isAtom: true, range, mayBeNaN },
  );
}

function infinityOf(a: Fragment, b: Fragment, dialect: Scope['dialect']): string {
  const zero = dialect.number(0);
  return `CASE WHEN (${operand(a)} > ${zero}) = (${operand(b)} > ${zero}) THEN ${dialect.infinity} ELSE -${dialect.infinity} END`;
}

/** From left to right. */
export function divide(scope: Scope, [first, ...others]: readonly Fragment[]): Fragment {
  return others.reduce((left, right) => quotient(scope, left, right), first);
}

/** The quotient of two numbers: infinite for a divisor of 0, and NULL for 0 / 0. */
export function quotient(scope: Scope, a: Fragment, b: Fragment): Fragment {
  const { dialect, layers } = scope;
  if (b.constant === 1) return a;
  const { raises } = dialect;
  const range = quotientRange(a.range, b.range);
  const grows = raises.overflow && !isFiniteRange(quotientRange(finitePart(a.range), b.range));
  const vanishes = raises.underflow && !(range.tiny > 0);
  const tiny = vanishes ? NEARLY_ZERO / 2 : range.tiny;
  if (b.constant !== undefined && b.constant !== 0) {
    if (!grows && !vanishes) {
      return fragment(`${operand(a)} / ${operand(b)}`, [a, b], { range, mayBeNaN: a.mayBeNaN });
    }
    const [x, c] = [layers.bind(a), Math.abs(b.constant)];
    return guarded(scope, x, `${operand(x)} / ${operand(b)}`, {
      above: grows ? NEARLY_LARGEST * c : undefined,
      below: vanishes ? NEARLY_ZERO * c : undefined,
      flips: b.constant < 0,
      range: { ...range, tiny },
    });
  }
  const mayBeNaN = a.mayBeNaN || b.mayBeNaN || (!isFiniteRange(a.range) && !isFiniteRange(b.range));
  const [x, y] = [a.constant === undefined ? layers.bind(a) : a, layers.bind(b)];
  const plain = `${operand(x)} / ${operand(y)}`;
  const [zero, sizeOfX, sizeOfY] = [dialect.number(0), `ABS(${x.sql})`, `ABS(${y.sql})`];
  const small = grows
    ? `CASE WHEN ${sizeOfX} > ${dialect.number(NEARLY_LARGEST)} * ${sizeOfY} THEN ${infinityOf(x, y, dialect)} ELSE ${plain} END`
    : plain;
  const large = vanishes
    ? `CASE WHEN ${sizeOfX} < ${dialect.number(NEARLY_ZERO)} * ${sizeOfY} THEN ${zero} ELSE ${plain} END`
    : plain;
  const parts =
    grows || vanishes ? `CASE WHEN ${sizeOfY} < ${dialect.number(1)} THEN ${small} ELSE ${large} END` : plain;
  const isZero = hasZero(y)
    ? `WHEN ${operand(y)} = ${zero} THEN CASE WHEN ${operand(x)} > ${zero} THEN ${dialect.infinity} WHEN ${operand(x)} < ${zero} THEN -${dialect.infinity} END `
    : '';
  if (isZero === '') return fragment(parts, [x, y], { isAtom: parts !== plain, range, mayBeNaN });
  return fragment(`CASE ${isZero}ELSE ${parts} END`, [x, y], {
    isAtom: true,
    range: sizeOf(a.range) === 0 ? range : between(-Infinity, Infinity),
    mayBeNaN,
  });
}
