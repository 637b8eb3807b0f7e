import { log } from './elementary/log.js';
import { powerOfTwo } from './elementary/powers-of-two.js';
import { requireParameter } from './parameter.js';
import { Random } from './random.js';

/** Distinct values in ascending order, and the number of values that each represents. */
export interface WeightedValues {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** The ratio of the capacity of a level to that of the level above it. */
const SHRINKING = 2 / 3;
const LEAST_CAPACITY = 8;

/** The values of a level; each represents twice as many as one of the level below. */
interface Level {
  readonly values: Float64Array;
  size: number;
  capacity: number;
}

/**
 * A sketch of a stream of numbers that approximates its quantiles and ranks in the memory of a few thousand numbers (Z. Karnin, K. Lang
 * and E. Liberty, "Optimal quantile approximation in streams", 2016). When a level is full, every other value in ascending order moves up
 * a level, the even or the odd ones at random.
 *
 * The error of ranks, `rankError`, follows from the random choices made; the order of the values does not matter. With the default `k` it
 * is at most 0.0025 of all values, for each rank with a probability of 99.9 %. The same values in the same order and the same seed give
 * the same sketch.
 *
 * ```ts
 * const sketch = new QuantileSketch();
 * for (const part of parts) sketch.add(part); // arrays of numbers
 * sketch.quantile(0.5);
 * ```
 */
export class QuantileSketch {
  readonly #k: number;
  readonly #random: Random;
  readonly #levels: Level[] = [];
  #count = 0;
  #min = NaN;
  #max = NaN;
  /** The sum of the squared rank shifts that each random choice can have caused. */
  #squares = 0;

  /**
   * @param options `k`, the capacity of the highest level, at least 8 (default 4,096: about 12,000 numbers in all); and `seed` for the
   * random choices (default 0).
   * @throws `invalid-parameter` for another `k`.
   */
  constructor({ k = 4096, seed = 0 }: { readonly k?: number; readonly seed?: number | string } = {}) {
    const isCapacity = Number.isInteger(k) && k >= LEAST_CAPACITY;
    requireParameter(isCapacity, 'k', `an integer of at least ${LEAST_CAPACITY}`, k);
    this.#k = k;
    this.#random = new Random(seed, 'quantile sketch');
  }

  /** The number of values added, not counting `NaN`. */
  get count(): number {
    return this.#count;
  }

  /** Whether all values were kept, so that results are exact. */
  get isExact(): boolean {
    return this.#squares === 0;
  }

  /** Adds values; `NaN` is ignored. */
  add(values: ArrayLike<number>): void {
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (Number.isNaN(value)) continue;
      this.#count++;
      if (!(value >= this.#min)) this.#min = value;
      if (!(value <= this.#max)) this.#max = value;
      this.#push(0, value);
    }
  }

  /** Adds the values of another sketch, which is not changed. */
  merge(other: QuantileSketch): void {
    const levels = other.#levels.map(({ values, size }) => values.slice(0, size));
    const [min, max, count, squares] = [other.#min, other.#max, other.#count, other.#squares];
    this.#count += count;
    this.#squares += squares;
    if (!(min >= this.#min)) this.#min = min;
    if (!(max <= this.#max)) this.#max = max;
    levels.forEach((values, level) => {
      for (const value of values) this.#push(level, value);
    });
  }

  /**
   * The maximum error of a rank, as a share of all values. Each compaction moves a rank by nothing or, as often up as down, by the weight
   * of its values (W. Hoeffding, "Probability inequalities for sums of bounded random variables", 1963).
   *
   * @param confidence the probability that the error is not exceeded; default 0.999.
   */
  rankError(confidence = 0.999): number {
    if (this.#count === 0) return 0;
    return Math.sqrt(2 * log(2 / (1 - confidence)) * this.#squares) / this.#count;
  }

  /** The approximate share of values up to `value`; `NaN` if there are none. */
  rank(value: number): number {
    const { values, counts } = this.weighted();
    let below = 0;
    for (let i = 0; i < values.length && values[i] <= value; i++) below += counts[i];
    return below / this.#count;
  }

  /**
   * The approximate quantile `q`; the minimum and the maximum are exact. `NaN` if there are none.
   * @throws `invalid-parameter` unless `q` is from 0 to 1.
   */
  quantile(q: number): number {
    requireParameter(q >= 0 && q <= 1, 'q', 'a number from 0 to 1', q);
    if (q === 0) return this.#min;
    if (q === 1) return this.#max;
    const { values, counts } = this.weighted();
    let [at, below] = [0, counts[0]];
    while (at < values.length - 1 && below < q * this.#count) below += counts[++at];
    return values[at] ?? NaN;
  }

  /** The values kept, with the number of values that each represents; these numbers add up to the count. */
  weighted(): WeightedValues {
    const weightOf = new Map<number, number>();
    let weight = 1;
    for (const { values, size } of this.#levels) {
      for (let i = 0; i < size; i++) weightOf.set(values[i], (weightOf.get(values[i]) ?? 0) + weight);
      weight *= 2;
    }
    const values = Float64Array.from(weightOf.keys()).sort();
    return { values, counts: values.map((value) => weightOf.get(value) as number) };
  }

  #push(level: number, value: number): void {
    while (this.#levels.length <= level) this.#addLevel();
    const into = this.#levels[level];
    into.values[into.size++] = value;
    if (into.size >= into.capacity) this.#compact(level);
  }

  /** Lower levels have less capacity: each of their values represents fewer. */
  #addLevel(): void {
    this.#levels.push({ values: new Float64Array(this.#k), size: 0, capacity: 0 });
    let capacity = this.#k;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      this.#levels[level].capacity = Math.max(LEAST_CAPACITY, Math.floor(capacity));
      capacity *= SHRINKING;
    }
  }

  #compact(level: number): void {
    const { values, size } = this.#levels[level];
    // A value without a neighbour stays, so that none is lost.
    const paired = size - (size % 2);
    const sorted = values.slice(0, paired).sort();
    values[0] = values[size - 1];
    this.#levels[level].size = size - paired;
    const weight = powerOfTwo(level);
    this.#squares += weight * weight;
    for (let i = this.#random.uint32() & 1; i < paired; i += 2) this.#push(level + 1, sorted[i]);
  }
}
