import { packArray } from '@churn/core';

/** Little-endian doubles as base64 without padding. */
export function doublesInBase64(values: ArrayLike<number>): string {
  return withoutPadding(packArray(Float64Array.from(values)));
}

/** Non-negative integers of up to 32 bits as base64, in as few bytes each as the largest needs: 1, 2 or 4. */
export function integersInBase64(values: readonly number[]): {
  readonly text: string;
  readonly width: 1 | 2 | 4;
} {
  const largest = values.reduce((most, value) => Math.max(most, value), 0);
  const Type = largest < 256 ? Uint8Array : largest < 65_536 ? Uint16Array : Int32Array;
  const array = Type.from(values);
  return { text: withoutPadding(packArray(array)), width: array.BYTES_PER_ELEMENT as 1 | 2 | 4 };
}

function withoutPadding(text: string): string {
  return text.replace(/=+$/, '');
}
