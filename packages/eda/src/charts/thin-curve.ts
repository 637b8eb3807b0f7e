/**
 * The points of a curve that are worth drawing: all of a short one, and otherwise so many that are evenly spaced along it, with
 * its ends. A curve of a million points then makes a picture of the same size as one of a thousand.
 *
 * @param x,y within 0 and about 1, as shares are.
 * @returns places in `x` and `y`, ascending.
 */
export function thinCurve(x: ArrayLike<number>, y: ArrayLike<number>, maxPoints = 400): number[] {
  const n = x.length;
  if (n <= maxPoints) return Array.from({ length: n }, (_, i) => i);
  let length = 0;
  for (let i = 1; i < n; i++) length += Math.abs(x[i] - x[i - 1]) + Math.abs(y[i] - y[i - 1]);
  const step = length / (maxPoints - 1);
  const kept = [0];
  let since = 0;
  for (let i = 1; i < n - 1; i++) {
    since += Math.abs(x[i] - x[i - 1]) + Math.abs(y[i] - y[i - 1]);
    if (since < step) continue;
    kept.push(i);
    since = 0;
  }
  kept.push(n - 1);
  return kept;
}
