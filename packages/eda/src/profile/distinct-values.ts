/** The distinct values of a numeric column, and which of them each row has. */
export interface DistinctValues {
  /** In ascending order, infinite ones included; 0 and -0 are one. */
  readonly values: Float64Array;
  /** How many rows have each of `values`. */
  readonly counts: Int32Array;
  /** For each row the place of its value in `values`; -1 if it is missing. */
  readonly codes: Int32Array;
  /** How many rows have no value. */
  readonly missing: number;
}

const FIRST_CAPACITY = 1024;

/**
 * The distinct values of `column` (`NaN` is missing), with their counts.
 *
 * Figures that depend on the values and not on the rows, such as quantiles, moments and ranks, then cost as much as there
 * are distinct values. A hash table with open addressing (Knuth, "The Art of Computer Programming", volume 3,
 * section 6.4) numbers the values; the distinct ones alone are sorted.
 */
export function distinctValues(column: Float64Array): DistinctValues {
  const n = column.length;
  const codes = new Int32Array(n);
  const bits = new Float64Array(1);
  const words = new Int32Array(bits.buffer);
  let capacity = FIRST_CAPACITY;
  let slots = new Int32Array(capacity).fill(-1);
  let found = new Float64Array(capacity >> 1);
  let counts = new Int32Array(capacity >> 1);
  let size = 0;
  let missing = 0;

  for (let row = 0; row < n; row++) {
    // Adding 0 makes 0 of -0.
    const value = column[row] + 0;
    if (Number.isNaN(value)) {
      codes[row] = -1;
      missing++;
      continue;
    }
    bits[0] = value;
    let slot = hashOf(words[0], words[1]) & (capacity - 1);
    let code = slots[slot];
    while (code >= 0 && found[code] !== value) {
      slot = (slot + 1) & (capacity - 1);
      code = slots[slot];
    }
    if (code < 0) {
      if (size === capacity >> 1) {
        capacity *= 4;
        slots = new Int32Array(capacity).fill(-1);
        found = grown(found, new Float64Array(capacity >> 1));
        counts = grown(counts, new Int32Array(capacity >> 1));
        for (let i = 0; i < size; i++) {
          bits[0] = found[i];
          let free = hashOf(words[0], words[1]) & (capacity - 1);
          while (slots[free] >= 0) free = (free + 1) & (capacity - 1);
          slots[free] = i;
        }
        bits[0] = value;
        slot = hashOf(words[0], words[1]) & (capacity - 1);
        while (slots[slot] >= 0) slot = (slot + 1) & (capacity - 1);
      }
      code = size++;
      slots[slot] = code;
      found[code] = value;
    }
    counts[code]++;
    codes[row] = code;
  }

  const values = found.slice(0, size).sort();
  const placeOf = new Int32Array(size);
  const sortedCounts = new Int32Array(size);
  for (let place = 0; place < size; place++) {
    bits[0] = values[place];
    let slot = hashOf(words[0], words[1]) & (capacity - 1);
    while (found[slots[slot]] !== values[place]) slot = (slot + 1) & (capacity - 1);
    placeOf[slots[slot]] = place;
    sortedCounts[place] = counts[slots[slot]];
  }
  for (let row = 0; row < n; row++) if (codes[row] >= 0) codes[row] = placeOf[codes[row]];
  return { values, counts: sortedCounts, codes, missing };
}

/** The finaliser of MurmurHash3 (A. Appleby) on both halves of a number's bits. */
function hashOf(low: number, high: number): number {
  let h = Math.imul(low, 0x9e3779b1) ^ high;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** `counts` with 0 for infinite values. */
export function finiteCounts({ values, counts }: Pick<DistinctValues, 'values' | 'counts'>): Int32Array {
  return counts.map((count, i) => (Number.isFinite(values[i]) ? count : 0));
}

/** True where every row has a finite value. */
export function isComplete({ missing, values }: DistinctValues): boolean {
  return missing === 0 && Number.isFinite(values[0]) && Number.isFinite(values[values.length - 1]);
}
