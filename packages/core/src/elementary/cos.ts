/**
 * The cosine of an angle in radians, from -7 to 7; the same on every engine. The error is below 0.75 units in the last place.
 *
 * Multiples of π / 2 are taken off; what is left, at most π / 4, goes into the Taylor series of the cosine or of the sine.
 */
export function cos(x: number): number {
  const quarters = Math.round(x * 0.6366197723675814);
  // π / 2 in three parts, two of them so short that their products with integers are exact.
  const most = x - quarters * 1.5707963267341256;
  const next = quarters * 6.077100506303966e-11;
  const angle = most - next;
  const rest = most - angle - next - quarters * 2.0222662487959506e-21;
  switch (quarters & 3) {
    case 0:
      return cosine(angle, rest);
    case 1:
      return -sine(angle, rest);
    case 2:
      return -cosine(angle, rest);
    default:
      return sine(angle, rest);
  }
}

function cosine(angle: number, rest: number): number {
  const s = angle * angle;
  const first = 1 / 24 - s * (1 / 720 - s * (1 / 40320 - s / 3628800));
  const last = 1 / 479001600 - s * (1 / 87178291200 - s * (1 / 20922789888000 - s / 6402373705728000));
  const most = 1 - s / 2;
  // The rounding error of the difference.
  const lost = 1 - most - s / 2;
  const square = s * s;
  return most + (lost + (square * (first + square * square * last) - angle * rest));
}

function sine(angle: number, rest: number): number {
  const s = angle * angle;
  const first = 1 / 6 - s * (1 / 120 - s * (1 / 5040 - s / 362880));
  const last = 1 / 39916800 - s * (1 / 6227020800 - s * (1 / 1307674368000 - s / 355687428096000));
  const square = s * s;
  return angle + (rest * (1 - s / 2) - angle * s * (first + square * square * last));
}
