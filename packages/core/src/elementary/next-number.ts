/** The largest double below a number; of an infinite one, and of `NaN`, itself. */
export function nextBelow(x: number): number {
  return -nextAbove(-x);
}

/** The least double above a number; of an infinite one, and of `NaN`, itself. */
export function nextAbove(x: number): number {
  if (!(Math.abs(x) < Infinity)) return x;
  if (x === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  // The bits of positive doubles rise with them, and those of negative ones fall.
  const bits = view.getBigUint64(0);
  view.setBigUint64(0, x > 0 ? bits + 1n : bits - 1n);
  return view.getFloat64(0);
}
