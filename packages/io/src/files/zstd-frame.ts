/** For tests: a Zstandard frame of uncompressed blocks with at most `size` bytes; see RFC 8878. */
export function zstdFrame(text: string, size = 2 ** 16): Buffer {
  const bytes = Buffer.from(text);
  const pieces = [Buffer.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0x40)];
  for (let start = 0; start < bytes.length; start += size) {
    const block = bytes.subarray(start, start + size);
    const isLast = start + size >= bytes.length;
    const header = (block.length << 3) | Number(isLast);
    pieces.push(Buffer.of(header & 255, (header >> 8) & 255, header >> 16), block);
  }
  return Buffer.concat(pieces);
}
