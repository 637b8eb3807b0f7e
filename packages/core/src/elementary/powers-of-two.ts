/** The powers of two from the smallest number above 0 to the largest, so that 2^k is at index k + 1074. */
const POWERS = /* @__PURE__ */ powers();

function powers(): Float64Array {
  const table = new Float64Array(1074 + 1024);
  table[0] = Number.MIN_VALUE;
  for (let k = 1; k < table.length; k++) table[k] = 2 * table[k - 1];
  return table;
}

/** 2^k of an integer from -1074 to 1023, exactly. */
export function powerOfTwo(k: number): number {
  return POWERS[k + 1074];
}
