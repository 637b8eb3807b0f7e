import { ChurnError } from '@churn/core';

/** The typed arrays that a value may hold. */
const TYPES = { Float64Array, Int32Array } as const;
type TypeName = keyof typeof TYPES;

/** In place of an array: its type, and where it begins and how long it is, in elements of 8 bytes and of its own. */
interface ArrayPlace {
  readonly $array: readonly [TypeName, number, number];
}

/** Arrays begin at multiples of this many bytes, so that they can be read where they lie. */
const ALIGNMENT = 8;
const LENGTH_BYTES = 8;

/**
 * A value of JSON, and of typed arrays in it, as bytes: the length of the JSON, the JSON with places instead of arrays, and the
 * bytes of the arrays in the order of the machine, which is little-endian wherever Node runs. Equal values give equal bytes.
 */
export function packValue(value: unknown): Uint8Array {
  const arrays: { readonly bytes: Uint8Array; readonly at: number }[] = [];
  let end = 0;
  const text = JSON.stringify(value, (_, each) => {
    const type = typeName(each);
    if (type === undefined) return each;
    const bytes = new Uint8Array(each.buffer, each.byteOffset, each.byteLength);
    const place: ArrayPlace = { $array: [type, end / ALIGNMENT, each.length] };
    arrays.push({ bytes, at: end });
    end = aligned(end + bytes.length);
    return place;
  });
  const head = new TextEncoder().encode(text);
  const start = aligned(LENGTH_BYTES + head.length);
  const packed = new Uint8Array(start + end);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, LENGTH_BYTES);
  for (const { bytes, at } of arrays) packed.set(bytes, start + at);
  return packed;
}

/**
 * The value again, its arrays in the memory of `packed` where that allows it.
 * @throws `invalid-data` if the bytes are not those of a packed value.
 */
export function unpackValue(packed: Uint8Array): unknown {
  const bytes = packed.byteOffset % ALIGNMENT === 0 ? packed : packed.slice();
  try {
    const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const start = aligned(LENGTH_BYTES + length);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(
      bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length),
    );
    return JSON.parse(text, (_, each) => {
      if (!isPlace(each)) return each;
      const [type, at, n] = each.$array;
      return new TYPES[type](bytes.buffer as ArrayBuffer, bytes.byteOffset + start + at * ALIGNMENT, n);
    });
  } catch (error) {
    throw new ChurnError('invalid-data', 'the packed rows of a search are damaged', { cause: error });
  }
}

function typeName(value: unknown): TypeName | undefined {
  return (Object.keys(TYPES) as TypeName[]).find((name) => value instanceof TYPES[name]);
}

function isPlace(value: unknown): value is ArrayPlace {
  return typeof value === 'object' && value !== null && '$array' in value;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
