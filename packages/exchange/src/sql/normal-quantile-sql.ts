import { NORMAL_QUANTILE_RATIOS } from '@churn/transforms';
import { negate, product, subtract } from './arithmetic.js';
import { logarithm, rational, squareRoot } from './elementary.js';
import { type Fragment, fragment } from './fragment.js';
import { between } from './number-range.js';
import { numberFragment, type Scope, withoutNaN } from './scope.js';

/** The quantile function of the standard normal distribution, as three rational functions: infinite for 0 and 1. */
export function normalQuantileSql(scope: Scope, of: Fragment): Fragment {
  const { dialect, layers } = scope;
  const number = (value: number) => numberFragment(scope, value);
  const less = (value: Fragment, than: number) => layers.column(subtract(scope, [value, number(than)]));
  const half = dialect.number(0.5);
  const p = layers.column(inside(scope, layers.bind(withoutNaN(scope, of))));
  const q = less(p, 0.5);
  const central = product(
    scope,
    q,
    layers.column(
      rational(
        scope,
        NORMAL_QUANTILE_RATIOS.central,
        layers.column(subtract(scope, [number(0.180625), product(scope, q, q)])),
      ),
    ),
  );
  const tail = fragment(
    `CASE WHEN ${p.sql} < ${half} THEN ${p.sql} ELSE ${dialect.number(1)} - ${p.sql} END`,
    [p],
    { isAtom: true, range: between(Number.MIN_VALUE, 0.5) },
  );
  const r = layers.column({
    ...squareRoot(scope, negate(logarithm(scope, tail))),
    range: between(0, 28),
  });
  const middle = layers.column(rational(scope, NORMAL_QUANTILE_RATIOS.middle, less(r, 1.6)));
  const far = layers.column(rational(scope, NORMAL_QUANTILE_RATIOS.tail, less(r, 5)));
  const size = layers.column(
    fragment(`CASE WHEN ${r.sql} <= ${dialect.number(5)} THEN ${middle.sql} ELSE ${far.sql} END`, [
      r,
      middle,
      far,
    ]),
  );
  const given = layers.bind(of);
  return fragment(
    `CASE WHEN ${given.sql} <= ${dialect.number(0)} THEN -${dialect.infinity} WHEN ${given.sql} >= ${dialect.number(1)} THEN ${dialect.infinity} WHEN ABS(${q.sql}) <= ${dialect.number(0.425)} THEN ${central.sql} WHEN ${q.sql} < ${dialect.number(0)} THEN -${size.sql} ELSE ${size.sql} END`,
    [given, q, central, size],
    { isAtom: true },
  );
}

/** Probabilities from 0 to 1; NULL for other numbers. */
function inside({ dialect }: Scope, p: Fragment): Fragment {
  const [zero, one] = [dialect.number(0), dialect.number(1)];
  return fragment(`CASE WHEN ${p.sql} > ${zero} AND ${p.sql} < ${one} THEN ${p.sql} END`, [p], {
    isAtom: true,
    range: between(Number.MIN_VALUE, 1),
  });
}
