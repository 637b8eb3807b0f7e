/** The typed arrays that a state can hold. */
export type PackedArray = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PADDING = '='.charCodeAt(0);
const NOT_A_DIGIT = 64;
const CODES = Uint8Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
const DIGITS = new Uint8Array(256).fill(NOT_A_DIGIT);
CODES.forEach((code, digit) => {
  DIGITS[code] = digit;
});

/** A typed array as a string for a state: its little-endian bytes in base64 (RFC 4648). `StateReader.packed` reads it back. */
export function packArray(array: PackedArray): string {
  const bytes = littleEndian(array);
  const text = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let i = 0, out = 0; i < bytes.length; i += 3, out += 4) {
    const group = (bytes[i] << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text[out] = CODES[group >> 18];
    text[out + 1] = CODES[(group >> 12) & 63];
    text[out + 2] = i + 1 < bytes.length ? CODES[(group >> 6) & 63] : PADDING;
    text[out + 3] = i + 2 < bytes.length ? CODES[group & 63] : PADDING;
  }
  return new TextDecoder('latin1').decode(text);
}

/** The constructor of a typed array. */
export type PackedArrayType<T extends PackedArray> = {
  new (buffer: ArrayBuffer): T;
  readonly BYTES_PER_ELEMENT: number;
  readonly name: string;
};

/** The inverse of `packArray`; `undefined` if `text` is not base64, or its bytes do not make whole elements. */
export function unpackArray<T extends PackedArray>(text: string, Type: PackedArrayType<T>): T | undefined {
  const bytes = decodeBase64(text);
  if (!bytes || bytes.length % Type.BYTES_PER_ELEMENT !== 0) return undefined;
  return new Type(littleEndian(bytes, Type.BYTES_PER_ELEMENT).buffer as ArrayBuffer);
}

function decodeBase64(text: string): Uint8Array | undefined {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) return undefined;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  // Millions of digits are read faster from an array than from a string. Non-ASCII characters take more bytes, none of them digits.
  const codes = new TextEncoder().encode(text);
  const nDigits = codes.length - padding;
  let all = 0;
  for (let i = 0, out = 0; i < nDigits; i += 4, out += 3) {
    const a = DIGITS[codes[i]];
    const b = DIGITS[codes[i + 1]];
    const c = i + 2 < nDigits ? DIGITS[codes[i + 2]] : 0;
    const d = i + 3 < nDigits ? DIGITS[codes[i + 3]] : 0;
    all |= a | b | c | d;
    // A write beyond the end of the array has no effect.
    bytes[out] = (a << 2) | (b >> 4);
    bytes[out + 1] = (b << 4) | (c >> 2);
    bytes[out + 2] = (c << 6) | d;
  }
  return all < NOT_A_DIGIT ? bytes : undefined;
}

/** The little-endian bytes of an array, on any machine. */
function littleEndian(array: PackedArray, bytesPerElement: number = array.BYTES_PER_ELEMENT): Uint8Array {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (isLittle || bytesPerElement === 1) return bytes;
  const turned = bytes.slice();
  for (let i = 0; i < turned.length; i += bytesPerElement) turned.subarray(i, i + bytesPerElement).reverse();
  return turned;
}
