import fc from 'fast-check';
import { decodeText, MarkedTextDecoder } from './text-decoder';

const encodings = {
  'utf-8': (text: string) => Buffer.from(text),
  'utf-16le': (text: string) => Buffer.from(text, 'utf16le'),
  'utf-16be': (text: string) => Buffer.from(text, 'utf16le').swap16(),
};

describe('MarkedTextDecoder', () => {
  it('gives the text, wherever its bytes are cut, by mark or by name', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'é', '€', '😀', '\n', '\0'), maxLength: 12 });
    const names = fc.constantFrom(...(Object.keys(encodings) as (keyof typeof encodings)[]));
    fc.assert(
      fc.property(texts, names, fc.boolean(), fc.array(fc.nat(9)), (text, encoding, hasMark, lengths) => {
        const bytes = encodings[encoding](hasMark ? `\uFEFF${text}` : text);
        const options = hasMark ? {} : { encoding };
        const decoder = new MarkedTextDecoder(options);
        let decoded = '';
        let start = 0;
        for (const length of [...lengths, bytes.length]) {
          decoded += decoder.decode(bytes.subarray(start, start + length));
          start += length;
        }
        expect(decoded + decoder.end()).toBe(text);
        expect(decoder.encoding).toBe(encoding);
        expect(decodeText(bytes, 'it', options.encoding)).toBe(text);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('keeps bytes that are no UTF-8 where it is told to, and else throws', () => {
    const bytes = Uint8Array.of(0x61, 0xe9, 0x62);
    const keeping = new MarkedTextDecoder({ keepInvalid: true });
    expect(keeping.decode(bytes) + keeping.end()).toBe('a\uDCE9b');
    expect(keeping.foundInvalid).toBe(true);
    expect(() => new MarkedTextDecoder().decode(bytes)).toThrow();
  });
});
