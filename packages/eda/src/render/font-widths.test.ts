import { readFileSync } from 'node:fs';
import { letterWidths } from './font-widths.js';

const fontOf = (name: string) =>
  letterWidths(readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)));

describe('letterWidths', () => {
  // The figures of fontTools 4 for these files, of 2,048 units an em.
  it.each([
    ['DejaVuSans', { a: 1255, W: 2025, ' ': 651, 0: 1303, _: 1024, é: 1260, '…': 2048, ж: 1845, '😀': 2135 }],
    ['DejaVuSans-Bold', { a: 1382, W: 2259, ' ': 713, 0: 1425, _: 1024, é: 1389, '…': 2048, ж: 2038 }],
  ])('agree with the font file: %s', (name, widths) => {
    const widthOf = fontOf(name);
    for (const [letter, units] of Object.entries(widths))
      expect(widthOf(letter.codePointAt(0) ?? 0)).toBe(units / 2048);
  });

  it('are undefined for letters missing from the font', () => {
    const widthOf = fontOf('DejaVuSans');
    for (const codePoint of [0x4e2d, 0xac00, 0x10ffff, 1]) expect(widthOf(codePoint)).toBeUndefined();
  });

  it('are rejected for invalid fonts', () => {
    expect(() => letterWidths(new Uint8Array(100))).toThrow('font: expected a table head, got none');
    expect(() => letterWidths(new Uint8Array(2))).toThrow(RangeError);
  });
});
