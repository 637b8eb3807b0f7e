const MAGIC = 0x184d2204;
/** Bits of the frame's flags. */
const FLAG = { blockChecksum: 0x10, contentSize: 0x08, dictionary: 0x01 };
/** A flag of a block's size: the block is not compressed. */
const STORED = 0x80000000;

/**
 * Decompresses an LZ4 frame, the usual compression of Arrow files. No maintained package supports frames with linked blocks, such as Arrow's.
 *
 * @see https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md, and lz4_Block_format.md next to it
 * @throws if the frame is damaged.
 */
export function decompressLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new Error('not an LZ4 frame');
  const flags = view.getUint8(4);
  let at = 7 + (flags & FLAG.contentSize ? 8 : 0) + (flags & FLAG.dictionary ? 4 : 0);
  const output = new Output(4 * frame.length);
  for (;;) {
    const header = view.getUint32(at, true);
    at += 4;
    if (header === 0) return output.bytes();
    const size = header & ~STORED;
    if (at + size > frame.length) throw new Error('an LZ4 block is truncated');
    const block = frame.subarray(at, at + size);
    if (header & STORED) output.append(block);
    else decompressBlock(block, output);
    at += size + (flags & FLAG.blockChecksum ? 4 : 0);
  }
}

function decompressBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  /** A length: four bits of a token and, if all of them are set, further bytes. */
  const length = (bits: number) => {
    let sum = bits;
    for (let byte = 255; bits === 15 && byte === 255; sum += byte) byte = block[at++] ?? 0;
    return sum;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = length(token >> 4);
    if (at + literals > block.length) throw new Error('an LZ4 block is damaged');
    output.append(block.subarray(at, at + literals));
    at += literals;
    // The last sequence has only literals.
    if (at >= block.length) return;
    const offset = block[at] | (block[at + 1] << 8);
    at += 2;
    output.repeat(offset, length(token & 15) + 4);
  }
}

/** A growing buffer that can repeat earlier bytes. */
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

  /** @param offset the distance from the end back to the first repeated byte; the ranges may overlap. */
  repeat(offset: number, length: number): void {
    if (offset === 0 || offset > this.#length) throw new Error('an LZ4 block is damaged');
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
