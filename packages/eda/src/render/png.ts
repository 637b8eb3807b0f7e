import { deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Larger pictures for less time: charts are mostly of few colours, which a fast compression does well with too. */
const LEVEL = 3;

/**
 * A picture as PNG (ISO/IEC 15948), of three bytes a pixel and without filters.
 *
 * @param pixels four bytes each: red, green, blue and opacity, row by row.
 * @returns `undefined` where a pixel is not opaque.
 */
export function encodePng(width: number, height: number, pixels: Uint8Array): Uint8Array | undefined {
  const rows = new Uint8Array(height * (3 * width + 1));
  let to = 0;
  let from = 0;
  for (let y = 0; y < height; y++) {
    // The first byte of a row says that it has no filter.
    to++;
    for (let x = 0; x < width; x++, from += 4) {
      if (pixels[from + 3] !== 255) return undefined;
      rows[to++] = pixels[from];
      rows[to++] = pixels[from + 1];
      rows[to++] = pixels[from + 2];
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  // Eight bits a channel, red, green and blue; the usual compression and filters, not interlaced.
  header.set([8, 2, 0, 0, 0], 8);
  const parts = [
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: LEVEL })),
    chunk('IEND', new Uint8Array()),
  ];
  const png = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let place = 0;
  for (const part of parts) {
    png.set(part, place);
    place += part.length;
  }
  return png;
}

/** A length, a name of four letters, the data, and a check of the latter two. */
function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(data.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = name.charCodeAt(i);
  bytes.set(data, 8);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The cyclic redundancy check of PNG (annex D): that of ISO 3309. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = CRC_TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
