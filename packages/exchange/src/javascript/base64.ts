const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes as base64 without padding. */
function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a, b = 0, c = 0] = [bytes[i], bytes[i + 1], bytes[i + 2]];
    const digits = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63];
    parts.push(
      digits
        .slice(0, Math.min(bytes.length - i, 3) + 1)
        .map((digit) => DIGITS[digit])
        .join(''),
    );
  }
  return parts.join('');
}

/** Doubles, the low byte first. */
export function doublesInBase64(values: ArrayLike<number>): string {
  const view = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
  return base64(new Uint8Array(view.buffer));
}

/** Whole numbers from 0 in as few bytes each as the largest needs: 1, 2 or 4. */
export function wholesInBase64(values: readonly number[]): {
  readonly text: string;
  readonly width: 1 | 2 | 4;
} {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const width = largest < 256 ? 1 : largest < 65_536 ? 2 : 4;
  const bytes = new Uint8Array(width * values.length);
  values.forEach((value, i) => {
    for (let k = 0; k < width; k++) bytes[i * width + k] = value >>> (8 * k);
  });
  return { text: base64(bytes), width };
}
