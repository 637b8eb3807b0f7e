/** How many stretches of equal width lead to the cells. */
const STRETCHES = 2048;

/**
 * Finds the cell of a number: cell `i` is `(b[i - 1], b[i]]`, and the last holds what is above all breakpoints. A table of equal stretches
 * leaves few breakpoints to be searched, so that a million numbers take some ten milliseconds.
 */
export class CellIndex {
  readonly #breakpoints: Float64Array;
  readonly #low: number;
  readonly #scale: number;
  /** How many breakpoints lie in earlier stretches than this one. */
  readonly #starts: Int32Array;

  /** @param breakpoints strictly increasing, finite. */
  constructor(breakpoints: readonly number[]) {
    this.#breakpoints = Float64Array.from(breakpoints);
    const width = breakpoints.length > 1 ? breakpoints[breakpoints.length - 1] - breakpoints[0] : 0;
    const scale = (STRETCHES - 1) / width;
    this.#low = breakpoints.length > 0 ? breakpoints[0] : 0;
    this.#scale = Number.isFinite(width) && Number.isFinite(scale) ? scale : 0;
    this.#starts = new Int32Array(STRETCHES + 1);
    // A stretch never falls as the number rises, rounding included: what is in an earlier one is less.
    for (const breakpoint of breakpoints) this.#starts[this.#stretchOf(breakpoint) + 1]++;
    for (let i = 1; i <= STRETCHES; i++) this.#starts[i] += this.#starts[i - 1];
  }

  /** The cell of a number; not of `NaN`. */
  of(value: number): number {
    const breakpoints = this.#breakpoints;
    const last = breakpoints.length - 1;
    if (last < 0 || value > breakpoints[last]) return last + 1;
    if (value <= breakpoints[0]) return 0;
    const stretch = this.#stretchOf(value);
    let low = this.#starts[stretch];
    let high = this.#starts[stretch + 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (breakpoints[middle] < value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #stretchOf(value: number): number {
    return ((value - this.#low) * this.#scale) | 0;
  }
}
