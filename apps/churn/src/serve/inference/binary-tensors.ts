import { Problem } from '../problem.js';
import type { Datatype } from './datatypes.js';

/** The header with the length of the JSON before the bytes of tensors, in requests and responses. */
export const JSON_LENGTH_HEADER = 'inference-header-content-length';

/** The size of the length prefix of each text, in bytes. */
const LENGTH_BYTES = 4;

/** Reads the bytes of the tensors of a request, in order. */
export class BinaryTensors {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether bytes are left. */
  get isLeft(): boolean {
    return this.#at < this.#bytes.length;
  }

  /**
   * The elements of the next tensor. @param size its size in bytes. @param count its number of elements.
   * @throws `Problem` if the bytes do not encode that many elements.
   */
  next(name: string, { bytes: each, read }: Datatype, size: number, count: number): unknown[] {
    const left = this.#bytes.length - this.#at;
    if (size > left) throw amiss(name, `expected ${size} bytes after the JSON, got ${left}`);
    const bytes = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += size;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    if (each === undefined || read === undefined) return texts(name, bytes, view, count);
    if (size !== each * count) throw amiss(name, `expected ${each * count} bytes, got ${size}`);
    return Array.from({ length: count }, (_, i) => read(view, i * each));
  }
}

function texts(name: string, bytes: Uint8Array, view: DataView, count: number): string[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const found: string[] = [];
  let at = 0;
  while (at < bytes.length && found.length < count) {
    const begin = at + LENGTH_BYTES;
    const end = begin <= bytes.length ? begin + view.getUint32(at, true) : Number.POSITIVE_INFINITY;
    if (end > bytes.length) throw amiss(name, 'expected length-prefixed texts');
    try {
      found.push(decoder.decode(bytes.subarray(begin, end)));
    } catch {
      throw amiss(name, `row ${found.length}: expected a text in UTF-8`);
    }
    at = end;
  }
  if (found.length < count || at < bytes.length) throw amiss(name, `expected ${count} texts`);
  return found;
}

/** Numbers as bytes. */
export function numberBytes(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(8 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setFloat64(8 * i, value, true);
  return bytes;
}

/** Texts as length-prefixed bytes. */
export function textBytes(values: readonly string[]): Uint8Array {
  return Buffer.concat(
    values.flatMap((value) => {
      const bytes = Buffer.from(value);
      const length = Buffer.alloc(LENGTH_BYTES);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}

function amiss(name: string, detail: string): Problem {
  return new Problem(400, 'Bad request', `input "${name}": ${detail}`);
}
