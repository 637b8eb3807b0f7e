/** The number of intervals of equal width in the lookup table. */
const INTERVALS = 2048;

/**
 * Finds the cell of a number: cell `i` is `(b[i - 1], b[i]]`, and the last contains all numbers above the breakpoints. A table of intervals of
 * equal width leaves few breakpoints to search, so that a million numbers take some ten milliseconds.
 */
export class CellIndex {
  readonly #breakpoints: Float64Array;
  readonly #low: number;
  readonly #scale: number;
  /** The number of breakpoints before each interval. */
  readonly #starts: Int32Array;

  /** @param breakpoints strictly increasing, finite. */
  constructor(breakpoints: readonly number[]) {
    this.#breakpoints = Float64Array.from(breakpoints);
    const width = breakpoints.length > 1 ? breakpoints[breakpoints.length - 1] - breakpoints[0] : 0;
    const scale = (INTERVALS - 1) / width;
    this.#low = breakpoints.length > 0 ? breakpoints[0] : 0;
    this.#scale = Number.isFinite(width) && Number.isFinite(scale) ? scale : 0;
    this.#starts = new Int32Array(INTERVALS + 1);
    // Intervals are monotone in the number despite rounding: a breakpoint in an earlier interval is smaller.
    for (const breakpoint of breakpoints) this.#starts[this.#intervalOf(breakpoint) + 1]++;
    for (let i = 1; i <= INTERVALS; i++) this.#starts[i] += this.#starts[i - 1];
  }

  /** The cell of a number other than `NaN`. */
  of(value: number): number {
    const breakpoints = this.#breakpoints;
    const last = breakpoints.length - 1;
    if (last < 0 || value > breakpoints[last]) return last + 1;
    if (value <= breakpoints[0]) return 0;
    const interval = this.#intervalOf(value);
    let low = this.#starts[interval];
    let high = this.#starts[interval + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (breakpoints[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #intervalOf(value: number): number {
    return ((value - this.#low) * this.#scale) | 0;
  }
}
