import fc from 'fast-check';
import { decodeLossless, hasInvalidBytes, showInvalidBytes, Utf8Decoder } from './utf8-decoder';

function decode(bytes: Uint8Array, cuts: readonly number[] = []): string {
  const decoder = new Utf8Decoder();
  let text = '';
  let from = 0;
  for (const cut of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
    text += decoder.decode(bytes.subarray(from, cut));
    from = cut;
  }
  return text + decoder.end();
}

const cuts = fc.array(fc.nat(100), { maxLength: 6 });

describe('Utf8Decoder', () => {
  it('returns the original text for any chunking of the bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), cuts, (text, places) => {
        const decoded = decode(Buffer.from(`\uFEFF${text}`), places);
        expect(decoded).toBe(text);
        expect(hasInvalidBytes(decoded)).toBe(false);
      }),
      { seed: 1 },
    );
  });

  it('finds the bytes that a strict decoder rejects, and loses none', () => {
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(0x41, 0x80, 0xbf, 0xc0, 0xc2, 0xe0, 0xed, 0xa0, 0xef, 0xf0, 0xf4, 0x90),
    );
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 12 }),
        fc.array(byte, { maxLength: 12 }),
        cuts,
        (a, b, places) => {
          const bytes = Uint8Array.from([0x41, ...a, ...b]);
          const decoded = decode(bytes, places);
          expect(hasInvalidBytes(decoded)).toBe(!isUtf8(bytes));
          expect(Buffer.from(encode(decoded))).toEqual(Buffer.from(bytes));
        },
      ),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('keeps a byte order mark inside values', () => {
    expect(decodeLossless(Buffer.from('\uFEFFa\uFEFF'))).toBe('\uFEFFa\uFEFF');
    expect(decodeLossless(Uint8Array.of(0xff))).toBe('\uDCFF');
  });

  it('shows bytes that are not UTF-8 as they would be written', () => {
    expect(showInvalidBytes(decode(Uint8Array.of(0x61, 0xff, 0xc3, 0xa9, 0xe2, 0x82)))).toBe(
      'a\\xFFé\\xE2\\x82',
    );
  });
});

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function encode(text: string): number[] {
  return Array.from(text).flatMap((character) => {
    const code = character.charCodeAt(0);
    return character.length === 1 && code >= 0xdc80 && code <= 0xdcff
      ? [code - 0xdc00]
      : [...Buffer.from(character)];
  });
}
