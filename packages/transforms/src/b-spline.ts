import { binaryExponent, powerOfTwo } from '@churn/core';

/** How a spline continues beyond its outermost knots. */
export type Extrapolation = 'constant' | 'linear' | 'continue';

export const EXTRAPOLATIONS: readonly Extrapolation[] = ['constant', 'linear', 'continue'];

/** The basis functions of all splines on the same knots. */
export interface SplineBasis {
  readonly size: number;
  /** A power of two: the unit of knots and ends. */
  readonly unit: number;
  /** The knots, including those added beyond the outermost ones. */
  readonly knots: readonly number[];
  /** The outermost knots, and the value and the slope of each function there. */
  readonly ends: readonly {
    readonly x: number;
    readonly values: Float64Array;
    readonly slopes: Float64Array;
  }[];
  /** The value of each function at `x`, which is not missing. */
  at(x: number): Float64Array;
}

/** The number of basis functions. */
export function basisSize(nKnots: number, degree: number): number {
  return nKnots + degree - 1;
}

/**
 * The B-splines of a degree on knots, which at each point between the outermost ones are at least 0 and add up to 1 (C. de Boor, "A
 * Practical Guide to Splines", 1978). Beyond them, knots continue at the distance of the outermost two (P. Eilers and B. Marx, "Flexible
 * smoothing with B-splines and penalties", 1996), as scikit-learn has it.
 *
 * @param base two or more ascending knots.
 * @param degree at least 1.
 */
export function splineBasis(
  base: readonly number[],
  degree: number,
  extrapolation: Extrapolation,
): SplineBasis {
  const size = basisSize(base.length, degree);
  // Distances between huge numbers overflow, and between tiny ones vanish; in this unit neither happens.
  const unit = powerOfTwo(binaryExponent(Math.max(...base.map(Math.abs))));
  const knots = extended(
    base.map((knot) => knot / unit),
    degree,
  );
  const [lowest, highest] = [knots[degree], knots[size]];
  const between = (x: number) => valuesAt(knots, degree, x, spanOf(knots, degree, size, x), size);
  const ends = [lowest, highest].map((x) => {
    const span = spanOf(knots, degree, size, x);
    return {
      x,
      values: valuesAt(knots, degree, x, span, size),
      slopes: slopesAt(knots, degree, x, span, size),
    };
  });
  return {
    size,
    unit,
    knots,
    ends,
    at(given) {
      const x = given / unit;
      if (extrapolation === 'continue' || (x >= lowest && x <= highest)) return between(x);
      const end = ends[x < lowest ? 0 : 1];
      if (extrapolation === 'constant') return end.values.slice();
      return end.values.map((value, i) =>
        end.slopes[i] === 0 ? value : value + (x - end.x) * end.slopes[i],
      );
    },
  };
}

function extended(base: readonly number[], degree: number): number[] {
  const last = base.length - 1;
  const below = base[1] - base[0];
  const above = base[last] - base[last - 1];
  return [
    ...Array.from({ length: degree }, (_, i) => base[0] - (degree - i) * below),
    ...base,
    ...Array.from({ length: degree }, (_, i) => base[last] + (i + 1) * above),
  ];
}

/** The index of the knot at the start of the piece that contains `x`; the outermost piece beyond the outermost knots. */
function spanOf(knots: readonly number[], degree: number, size: number, x: number): number {
  let low = degree;
  let high = size;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (x < knots[middle]) high = middle;
    else low = middle;
  }
  return low;
}

/** The values of all functions, of which `degree + 1` are not 0, by the recursion of Cox and de Boor. */
function valuesAt(
  knots: readonly number[],
  degree: number,
  x: number,
  span: number,
  size: number,
): Float64Array {
  const values = new Float64Array(size);
  values[span - degree] = 1;
  for (let d = 1; d <= degree; d++) {
    // The functions of degree d from `span - d` on, stored where those of the full degree will be.
    let carried = 0;
    for (let i = 0; i < d; i++) {
      const at = span - degree + i;
      const left = knots[span + 1 - d + i];
      const right = knots[span + 1 + i];
      const part = values[at] / (right - left);
      values[at] = carried + (right - x) * part;
      carried = (x - left) * part;
    }
    values[span - degree + d] = carried;
  }
  return values;
}

/** The slopes of all functions, computed from the values of degree one less. */
function slopesAt(
  knots: readonly number[],
  degree: number,
  x: number,
  span: number,
  size: number,
): Float64Array {
  const lower = valuesAt(knots, degree - 1, x, span, size + 1);
  const slopes = new Float64Array(size);
  const term = (i: number) => (degree * lower[i]) / (knots[i + degree] - knots[i]);
  for (let i = span - degree; i <= span; i++) {
    slopes[i] = (i > span - degree ? term(i) : 0) - (i < span ? term(i + 1) : 0);
  }
  return slopes;
}
