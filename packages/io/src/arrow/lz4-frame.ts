const MAGIC = 0x184d2204;
/** Bits of the frame's flags. */
const FLAG = { blockChecksum: 0x10, contentSize: 0x08, dictionary: 0x01 };
/** Of the size of a block: it is stored as it is. */
const STORED = 0x80000000;

/**
 * Decompresses a frame of LZ4, by which Arrow files are mostly compressed. No package that is kept up reads frames whose blocks refer to
 * earlier ones, as Arrow's do.
 *
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, and lz4_Block_format.md beside it
 * @throws if it is damaged.
 */
export function decompressLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('it is no frame of LZ4');
  const flags = view.getUint8(4);
  let at = 7 + (flags & FLAG.contentSize ? 8 : 0) + (flags & FLAG.dictionary ? 4 : 0);
  const output = new Output(4 * frame.length);
  for (;;) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) return output.bytes();
    const size = header & ~STORED;
    if (at + size > frame.length) throw new Error('a block of LZ4 is cut off');
    const block = frame.subarray(at, at + size);
    if (header & STORED) output.append(block);
    else decompressBlock(block, output);
    at += size + (flags & FLAG.blockChecksum ? 4 : 0);
  }
}

function decompressBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  /** A length whose first four bits stand in a token, and if these are all set goes on in the bytes behind it. */
  const length = (bits: number) => {
    let sum = bits;
    for (let byte = 255; bits === 15 && byte === 255; sum += byte) byte = block[at++] ?? 0;
    return sum;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = length(token >> 4);
    if (at + literals > block.length) throw new Error('a block of LZ4 is damaged');
    output.append(block.subarray(at, at + literals));
    at += literals;
    // The last sequence has literals alone.
    if (at >= block.length) return;
    const offset = block[at] | (block[at + 1] << 8);
    at += 2;
    output.repeat(offset, length(token & 15) + 4);
  }
}

/** Bytes that grow, and repeat what they have. */
class Output {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity: number) {
    this.#bytes = new Uint8Array(capacity);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** @param offset from the end back to where the repetition begins; it may reach into itself. */
  repeat(offset: number, length: number): void {
    if (offset === 0 || offset > this.#length) throw new Error('a block of LZ4 is damaged');
    this.#reserve(length);
    const bytes = this.#bytes;
    const end = this.#length + length;
    for (let i = this.#length; i < end; i++) bytes[i] = bytes[i - offset];
    this.#length = end;
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    grown.set(this.bytes());
    this.#bytes = grown;
  }
}
