import { Buffer } from 'node:buffer';
import { inflateSync } from 'node:zlib';
import { encodePng } from './png.js';

describe('encodePng', () => {
  it('writes header, pixels and end, each with its checksum', () => {
    const pixels = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255, 7, 8, 9, 255, 10, 11, 12, 255);
    const png = Buffer.from(encodePng(2, 2, pixels) ?? []);
    expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect(png.subarray(8, 29).toString('hex')).toBe('0000000d49484452000000020000000208020000' + '00');
    // What any encoder writes of a header of this size and kind, and of an end.
    expect(png.subarray(29, 33).toString('hex')).toBe('fdd49a73');
    expect(png.subarray(-12).toString('hex')).toBe('0000000049454e44ae426082');
    const length = png.readUInt32BE(33);
    expect(png.subarray(37, 41).toString()).toBe('IDAT');
    expect([...inflateSync(png.subarray(41, 41 + length))]).toEqual([
      0, 1, 2, 3, 4, 5, 6, 0, 7, 8, 9, 10, 11, 12,
    ]);
    expect(png).toHaveLength(33 + 12 + length + 12);
  });

  it('declines images that are not opaque', () => {
    expect(encodePng(1, 1, Uint8Array.of(1, 2, 3, 254))).toBeUndefined();
  });
});
