/** Below this many rows, counting digits takes longer than comparing. */
const FEW_ROWS = 256;
const DIGIT_BITS = 11;
const RADIX = 1 << DIGIT_BITS;
/** Three digits of eleven bits hold the 32 bits of a key. */
const N_DIGITS = 3;
/** Up to this many rows, inserting one after the other is faster than a call to `sort`. */
const SHORT_RUN = 16;

/**
 * The rows in ascending order of their scores, equal scores in the order of the rows.
 *
 * A radix sort of row numbers by the upper half of their scores' bits, from the least significant digit on (Knuth, "The Art of Computer
 * Programming", volume 3, section 5.2.5); rows that these bits do not distinguish are then compared. The bits of a float with their sign
 * bit turned, or of a negative one all bits, are in the order of the floats.
 *
 * @param scores numbers without `NaN`.
 */
export function scoreOrder(scores: Float64Array): Int32Array {
  if (isRising(scores)) return rowNumbers(scores.length);
  if (scores.length < FEW_ROWS) {
    return sortByScore(rowNumbers(scores.length), scores);
  }
  const keys = sortableKeys(scores);
  const order = orderByKey(keys);
  for (let start = 0; start < order.length; ) {
    const key = keys[start];
    let end = start + 1;
    let isSorted = true;
    while (end < order.length && keys[end] === key) {
      if (scores[order[end]] < scores[order[end - 1]]) isSorted = false;
      end++;
    }
    if (!isSorted) sortRun(order, start, end, scores);
    start = end;
  }
  return order;
}

function isRising(scores: Float64Array): boolean {
  let row = 1;
  while (row < scores.length && scores[row - 1] <= scores[row]) row++;
  return row >= scores.length;
}

/** The upper 32 bits of each score, as a number in the order of the scores. */
function sortableKeys(scores: Float64Array): Uint32Array {
  const n = scores.length;
  const values = new Float64Array(n);
  // Adding 0 makes 0 of -0, so that the two count as equal.
  for (let row = 0; row < n; row++) values[row] = scores[row] + 0;
  const words = new Uint32Array(values.buffer);
  const upper = new Uint32Array(Float64Array.of(1).buffer)[1] === 0 ? 0 : 1;
  const keys = new Uint32Array(n);
  for (let row = 0; row < n; row++) {
    const bits = words[2 * row + upper];
    keys[row] = bits >>> 31 === 1 ? ~bits : bits | 0x80000000;
  }
  return keys;
}

/** The rows in the order of their keys, into which `keys` is brought as well. */
function orderByKey(keys: Uint32Array): Int32Array {
  const n = keys.length;
  const counts = new Int32Array(N_DIGITS * RADIX);
  for (let row = 0; row < n; row++) {
    const key = keys[row];
    counts[key & (RADIX - 1)]++;
    counts[RADIX + ((key >>> DIGIT_BITS) & (RADIX - 1))]++;
    counts[2 * RADIX + (key >>> (2 * DIGIT_BITS))]++;
  }
  let order = rowNumbers(n);
  let sorted = keys.slice();
  let nextOrder = new Int32Array(n);
  let nextSorted = new Uint32Array(n);
  for (let digit = 0; digit < N_DIGITS; digit++) {
    const starts = counts.subarray(digit * RADIX, (digit + 1) * RADIX);
    let before = 0;
    for (let value = 0; value < RADIX; value++) {
      const count = starts[value];
      starts[value] = before;
      before += count;
    }
    const shift = digit * DIGIT_BITS;
    for (let i = 0; i < n; i++) {
      const key = sorted[i];
      const to = starts[(key >>> shift) & (RADIX - 1)]++;
      nextSorted[to] = key;
      nextOrder[to] = order[i];
    }
    [order, nextOrder] = [nextOrder, order];
    [sorted, nextSorted] = [nextSorted, sorted];
  }
  keys.set(sorted);
  return order;
}

function sortRun(order: Int32Array, start: number, end: number, scores: Float64Array): void {
  if (end - start > SHORT_RUN) {
    sortByScore(order.subarray(start, end), scores);
    return;
  }
  for (let i = start + 1; i < end; i++) {
    const row = order[i];
    let j = i;
    while (j > start && scores[order[j - 1]] > scores[row]) {
      order[j] = order[j - 1];
      j--;
    }
    order[j] = row;
  }
}

function sortByScore(rows: Int32Array, scores: Float64Array): Int32Array {
  // Not the difference: that of two infinities is not a number.
  return rows.sort((a, b) => (scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : 0));
}

function rowNumbers(n: number): Int32Array<ArrayBuffer> {
  const rows = new Int32Array(n);
  for (let row = 0; row < n; row++) rows[row] = row;
  return rows;
}
