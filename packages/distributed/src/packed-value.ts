import { ChurnError } from '@churn/core';

/** The typed arrays that a value may hold. */
const TYPES = { Float64Array, Int32Array } as const;
type TypeName = keyof typeof TYPES;

/** Stands for an array in the JSON: its type, its offset in units of 8 bytes, and its number of elements. */
interface ArrayReference {
  readonly $array: readonly [TypeName, number, number];
}

/** Arrays start at multiples of this many bytes, so that they can be read in place. */
const ALIGNMENT = 8;
const LENGTH_BYTES = 8;

/**
 * Packs a JSON value that may contain typed arrays: the length of the JSON, the JSON with references instead of arrays, and the bytes
 * of the arrays in the machine's order, which is little-endian wherever Node runs. Equal values give equal bytes.
 */
export function packValue(value: unknown): Uint8Array {
  const arrays: { readonly bytes: Uint8Array; readonly at: number }[] = [];
  let end = 0;
  const text = JSON.stringify(value, (_, each) => {
    const type = typeName(each);
    if (type === undefined) return each;
    const bytes = new Uint8Array(each.buffer, each.byteOffset, each.byteLength);
    const reference: ArrayReference = { $array: [type, end / ALIGNMENT, each.length] };
    arrays.push({ bytes, at: end });
    end = aligned(end + bytes.length);
    return reference;
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
 * Unpacks a value. Its arrays share the memory of `packed` if its alignment allows.
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
      if (!isArrayReference(each)) return each;
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

function isArrayReference(value: unknown): value is ArrayReference {
  return typeof value === 'object' && value !== null && '$array' in value;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
