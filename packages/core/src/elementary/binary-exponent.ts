/** The k with `2^k <= x < 2^(k + 1)` for a finite number above 0: the logarithm to base 2, rounded down exactly. */
export function binaryExponent(x: number): number {
  // A subnormal number has no exponent of its own.
  return x < 2 ** -1022 ? exponentBits(x * 2 ** 54) - 54 : exponentBits(x);
}

const BITS = /* @__PURE__ */ new DataView(new ArrayBuffer(8));

function exponentBits(x: number): number {
  BITS.setFloat64(0, x);
  return (BITS.getInt32(0) >> 20) - 1023;
}
