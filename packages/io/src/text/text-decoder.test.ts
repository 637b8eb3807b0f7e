import fc from 'fast-check';
import { decodeText, Utf8Transcoder } from './text-decoder';

const encodings = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-16le': (text: string) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(text, 'utf16le').swap16(),
};

describe('Utf8Transcoder', () => {
  it('decodes text for any chunking of the bytes, by byte order mark or by name', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\0'), maxLength: 12 });
    const names = fc.constantFrom(...(Object.keys(encodings) as (keyof typeof encodings)[]));
    fc.assert(
      fc.property(texts, names, fc.boolean(), fc.array(fc.nat(9)), (text, encoding, hasMark, lengths) => {
        const bytes = encodings[encoding](hasMark ? `\uFEFF${text}` : text);
        const named = hasMark ? undefined : encoding;
        const transcoder = new Utf8Transcoder(named);
        const pieces: Uint8Array[] = [];
        let start = 0;
        for (const length of [...lengths, bytes.length]) {
          pieces.push(...transcoder.transcode(bytes.subarray(start, start + length)));
          start += length;
        }
        expect(Buffer.concat([...pieces, ...transcoder.end()]).toString()).toBe(text);
        expect(transcoder.encoding).toBe(encoding);
        expect(decodeText(bytes, 'it', named)).toBe(text);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('keeps bytes that are not UTF-8, and throws for invalid bytes in other encodings', () => {
    const bytes = Uint8Array.of(0x61, 0xe9, 0x62);
    const keeping = new Utf8Transcoder();
    expect(Buffer.concat([...keeping.transcode(bytes), ...keeping.end()])).toEqual(Buffer.from(bytes));
    const throwing = new Utf8Transcoder('utf-16le');
    expect(() => [...throwing.transcode(bytes), ...throwing.end()]).toThrow();
  });
});
