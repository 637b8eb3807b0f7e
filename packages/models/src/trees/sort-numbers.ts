/** Fewer numbers are sorted faster by comparing. */
const FEW = 2048;
const DIGIT_BITS = 11;
const N_DIGITS = 1 << DIGIT_BITS;

/**
 * Sorts numbers, none of which may be NaN, in place: by the higher half of their bits, digit by digit, then those that agree in these.
 * Where there are many, this is several times as fast as comparing them.
 */
export function sortNumbers(values: Float64Array): void {
  const n = values.length;
  if (n < FEW) {
    values.sort();
    return;
  }
  let from: Float64Array = values;
  let to: Float64Array = new Float64Array(n);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const words = wordsOf(from);
    const places = new Int32Array(N_DIGITS + 1);
    for (let i = 0; i < n; i++) places[((keyOf(words[2 * i + 1]) >>> shift) & (N_DIGITS - 1)) + 1]++;
    for (let digit = 0; digit < N_DIGITS; digit++) places[digit + 1] += places[digit];
    for (let i = 0; i < n; i++) to[places[(keyOf(words[2 * i + 1]) >>> shift) & (N_DIGITS - 1)]++] = from[i];
    [from, to] = [to, from];
  }
  values.set(from);
  const words = wordsOf(values);
  for (let start = 0, end = 1; start < n; start = end++) {
    while (end < n && words[2 * end + 1] === words[2 * start + 1]) end++;
    if (end - start > 1) values.subarray(start, end).sort();
  }
}

function wordsOf(values: Float64Array): Int32Array {
  return new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
}

/** Rises with the number whose higher half this is. */
function keyOf(word: number): number {
  return word ^ ((word >> 31) | 0x80000000);
}
