import { type Fragment, fragment, operand } from './fragment.js';
import { rangeOf } from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

/** `values[i]` for numbers of at most `edges[i]`, and the last value above, found by binary search; missing numbers stay missing. */
export function piecewiseConstant(
  scope: Scope,
  of: Fragment,
  edges: readonly number[],
  values: readonly number[],
): Fragment {
  const x = scope.layers.bind(withoutNaN(scope, of));
  const pieces = values.map((value) => numberFragment(scope, value).sql);
  return found(scope, x, edges, pieces, rangeOf(...values));
}

/** Linear interpolation between points, constant outside of them. */
export function piecewiseLinear(
  scope: Scope,
  of: Fragment,
  x: readonly number[],
  y: readonly number[],
): Fragment {
  const value = scope.layers.bind(withoutNaN(scope, of));
  const number = (each: number) => numberFragment(scope, each).sql;
  const lines = x.slice(1).map((right, i) => {
    const slope = (y[i + 1] - y[i]) / (right - x[i]);
    if (slope === 0) return number(y[i]);
    return `${number(y[i])} + (${operand(value)} - ${operandOf(scope, x[i])}) * ${operandOf(scope, slope)}`;
  });
  // At a point, return its y exactly, since a steep line is inaccurate.
  return found(scope, value, x, [number(y[0]), ...lines, number(y[y.length - 1])], rangeOf(...y));
}

function operandOf(scope: Scope, value: number): string {
  return operand(numberFragment(scope, value));
}

function found(
  { dialect }: Scope,
  x: Fragment,
  edges: readonly number[],
  pieces: readonly string[],
  range: Fragment['range'],
): Fragment {
  const between = (first: number, last: number): string => {
    if (first === last) return pieces[first];
    const middle = (first + last) >> 1;
    return dialect.branch(
      `${operand(x)} <= ${dialect.number(edges[middle])}`,
      between(first, middle),
      between(middle + 1, last),
    );
  };
  return fragment(`CASE WHEN ${x.sql} IS NOT NULL THEN ${between(0, pieces.length - 1)} END`, [x], {
    isAtom: true,
    range,
  });
}
