import type { Fields } from './fields.js';

const LF = 10;
/** The initial buffer size in bytes; the size for all rows is extrapolated from the first ones. */
const INITIAL_BYTES = 2 ** 14;

/** Formats rows as lines in UTF-8. */
export function formatRows(fields: readonly Fields[], nRows: number, delimiter = ','): Buffer {
  const between = Buffer.from(delimiter);
  const longest = fields.reduce((sum, field) => sum + field.longest + between.length, 1);
  let bytes = Buffer.allocUnsafeSlow(Math.min(longest * nRows, longest + INITIAL_BYTES));
  let at = 0;
  for (let row = 0; row < nRows; row++) {
    if (at + longest > bytes.length) {
      const expected = row === 0 ? 0 : (1.05 * at * nRows) / row;
      const larger = Buffer.allocUnsafeSlow(Math.ceil(Math.max(1.5 * bytes.length, expected) + longest));
      larger.set(bytes.subarray(0, at));
      bytes = larger;
    }
    for (let j = 0; j < fields.length; j++) {
      if (j > 0) {
        bytes[at++] = between[0];
        for (let i = 1; i < between.length; i++) bytes[at++] = between[i];
      }
      at = fields[j].write(row, bytes, at);
    }
    bytes[at++] = LF;
  }
  return bytes.subarray(0, at);
}
