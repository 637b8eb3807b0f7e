import { type Extrapolation, type SplineBasis, splineBasis } from '@churn/transforms';
import type { Expression } from '../../expression.js';
import {
  add,
  choose,
  clamp,
  column,
  divide,
  isInfinite,
  less,
  multiply,
  number,
  subtract,
} from '../expressions.js';
import type { ProgramBuilder } from '../program-builder.js';
import { isBounded } from '../range.js';
import { replacing, type TransformerLowering } from '../transformer-lowering.js';

const TYPE = 'SplineTransformer';

export const splineTransformer: TransformerLowering = ({ state, frame, builder }) => {
  const { knots, degree, extrapolation, includeBias } = state as {
    readonly knots: Readonly<Record<string, readonly number[] | null>>;
    readonly degree: number;
    readonly extrapolation: Extrapolation;
    readonly includeBias: boolean;
  };
  return replacing(frame, ({ name, id }) => {
    const own = Object.hasOwn(knots, name) ? knots[name] : null;
    if (own === null) return undefined;
    const isOpen = extrapolation !== 'constant' && !isBounded(builder.rangeOfColumn(id));
    if (isOpen) builder.reject(isInfinite(column(id)), 'a finite number');
    const basis = splineBasis(own, degree, extrapolation);
    const splines = splinesOf(column(id), name, { basis, degree, extrapolation }, builder);
    return includeBias ? splines : splines.slice(0, -1);
  });
};

interface Splines {
  readonly basis: SplineBasis;
  readonly degree: number;
  readonly extrapolation: Extrapolation;
}

function splinesOf(
  given: Expression,
  name: string,
  { basis, degree, extrapolation }: Splines,
  builder: ProgramBuilder,
): Expression[] {
  const { unit, knots, size, ends } = basis;
  const [low, high] = ends;
  const scaled = unit === 1 ? given : divide(given, number(unit));
  const isClamped = extrapolation !== 'continue';
  const [at, beyond] = builder.compute(TYPE, [
    { name: `${name} at`, value: isClamped ? clamp(scaled, low.x, high.x) : scaled },
    { name: `${name} beyond`, value: scaled },
  ]);
  const x = column(at);
  // The recursion of Cox and de Boor, starting from the intervals between knots. The outermost intervals are unbounded.
  let values = pieces(x, knots, degree, size, builder, name);
  for (let d = 1; d <= degree; d++) {
    const below = values;
    const next = Array.from({ length: knots.length - d - 1 }, (_, i): Expression | undefined => {
      const [left, right] = [below[i], below[i + 1]];
      const rising =
        left && multiply(subtract(x, number(knots[i])), divide(left, number(knots[i + d] - knots[i])));
      const falling =
        right &&
        multiply(
          subtract(number(knots[i + d + 1]), x),
          divide(right, number(knots[i + d + 1] - knots[i + 1])),
        );
      return rising && falling ? add(rising, falling) : (rising ?? falling);
    });
    const places = next.flatMap((each, i) => (each ? [i] : []));
    const ids = builder.compute(
      TYPE,
      places.map((i) => ({ name: `${name} degree ${d} ${i}`, value: next[i] as Expression })),
    );
    values = [];
    places.forEach((i, k) => {
      values[i] = column(ids[k]);
    });
  }
  const splines = Array.from({ length: size }, (_, k) => values[k] as Expression);
  if (extrapolation !== 'linear') return splines;
  return splines.map((inside, k) => {
    const outside = ({ x: end, values: heights, slopes }: (typeof ends)[number]) =>
      slopes[k] === 0
        ? number(heights[k])
        : add(number(heights[k]), multiply(subtract(column(beyond), number(end)), number(slopes[k])));
    return choose(
      less(column(beyond), number(low.x)),
      outside(low),
      choose(less(number(high.x), column(beyond)), outside(high), inside),
    );
  });
}

/** The splines of degree 0: 1 between two knots (including the lower one) and 0 elsewhere; `undefined` for intervals that no row can be in. */
function pieces(
  x: Expression,
  knots: readonly number[],
  degree: number,
  size: number,
  builder: ProgramBuilder,
  name: string,
): (Expression | undefined)[] {
  const made = Array.from({ length: size - degree }, (_, k): Expression => {
    const i = degree + k;
    const isFirst = i === degree;
    const isLast = i === size - 1;
    if (isFirst && isLast) return number(1);
    const below = less(x, number(knots[i]));
    const above = less(x, number(knots[i + 1]));
    if (isFirst) return choose(above, number(1), number(0));
    if (isLast) return choose(below, number(0), number(1));
    return choose(below, number(0), choose(above, number(1), number(0)));
  });
  const ids = builder.compute(
    TYPE,
    made.map((value, k) => ({ name: `${name} piece ${k}`, value })),
  );
  const values: (Expression | undefined)[] = [];
  ids.forEach((id, k) => {
    values[degree + k] = column(id);
  });
  return values;
}
