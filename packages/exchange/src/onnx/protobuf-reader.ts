import { ChurnError } from '@churn/core';

/** The fields of a Protocol Buffers message: the values of each field number, in order. */
export class ProtobufMessage {
  readonly #fields = new Map<number, (number | Uint8Array)[]>();

  /** @throws `model-file` if the bytes are not a message. */
  constructor(bytes: Uint8Array) {
    const cursor = new Cursor(bytes);
    while (!cursor.isAtEnd) {
      const tag = cursor.varint();
      const field = Math.floor(tag / 8);
      const value = cursor.value(tag % 8);
      const values = this.#fields.get(field);
      if (values) values.push(value);
      else this.#fields.set(field, [value]);
    }
  }

  /** The last value of an integer field; `undefined` if absent. */
  integer(field: number): number | undefined {
    return this.integers(field).at(-1);
  }

  /** All values of a repeated integer, packed or not. */
  integers(field: number): number[] {
    return this.#values(field).flatMap((value) => {
      if (typeof value === 'number') return [value];
      const cursor = new Cursor(value);
      const list: number[] = [];
      while (!cursor.isAtEnd) list.push(cursor.varint());
      return list;
    });
  }

  /** All values of a repeated `float` (4 bytes) or `double` (8), packed or not. */
  floats(field: number, size: 4 | 8 = 4): number[] {
    return this.#values(field).flatMap((value) => {
      if (typeof value === 'number' || value.length % size !== 0) {
        throw damaged(`a field of numbers of ${size} bytes each`, 'another');
      }
      return floatsOf(value, size);
    });
  }

  bytes(field: number): Uint8Array | undefined {
    return this.all(field).at(-1);
  }

  text(field: number): string {
    const bytes = this.bytes(field);
    return bytes ? utf8.decode(bytes) : '';
  }

  texts(field: number): string[] {
    return this.all(field).map((bytes) => utf8.decode(bytes));
  }

  message(field: number): ProtobufMessage | undefined {
    const bytes = this.bytes(field);
    return bytes && new ProtobufMessage(bytes);
  }

  messages(field: number): ProtobufMessage[] {
    return this.all(field).map((bytes) => new ProtobufMessage(bytes));
  }

  /** All values of a repeated field of bytes, texts or messages. */
  all(field: number): Uint8Array[] {
    return this.#values(field).map((value) => {
      if (typeof value === 'number') throw damaged(`bytes in field ${field}`, 'a number');
      return value;
    });
  }

  #values(field: number): readonly (number | Uint8Array)[] {
    return this.#fields.get(field) ?? [];
  }
}

const utf8 = new TextDecoder();

/** Little-endian numbers of 4 or 8 bytes each. */
export function floatsOf(bytes: Uint8Array, size: 4 | 8): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: bytes.length / size }, (_, i) =>
    size === 4 ? view.getFloat32(i * 4, true) : view.getFloat64(i * 8, true),
  );
}

function damaged(expected: string, got: string): ChurnError {
  return new ChurnError('model-file', `the ONNX file is damaged: expected ${expected}, got ${got}`);
}

/** Reads bytes sequentially. */
class Cursor {
  #at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.#at === this.bytes.length;
  }

  /** A signed 64-bit integer, to the nearest double. */
  varint(): number {
    let value = 0;
    // Up to four bytes, as in most numbers, need no BigInt.
    for (let scale = 1; scale <= 2_097_152; scale *= 128) {
      const byte = this.#byte();
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
    let large = BigInt(value);
    for (let shift = 28n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      large += BigInt(byte % 128) << shift;
      if (byte < 128) return Number(BigInt.asIntN(64, large));
    }
    throw damaged('an integer of at most ten bytes', 'a longer one');
  }

  value(wireType: number): number | Uint8Array {
    if (wireType === 0) return this.varint();
    if (wireType === 1) return this.#slice(8);
    if (wireType === 2) return this.#slice(this.varint());
    if (wireType === 5) return this.#slice(4);
    throw damaged('a wire type 0, 1, 2 or 5', String(wireType));
  }

  #byte(): number {
    if (this.isAtEnd) throw damaged('more bytes', 'its end');
    return this.bytes[this.#at++];
  }

  #slice(length: number): Uint8Array {
    if (length < 0 || length > this.bytes.length - this.#at) throw damaged(`${length} more bytes`, 'its end');
    const start = this.#at;
    this.#at += length;
    return this.bytes.subarray(start, this.#at);
  }
}
