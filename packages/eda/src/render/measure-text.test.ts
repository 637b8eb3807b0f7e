import { measureText } from './measure-text.js';

describe('measureText', () => {
  it('adds the widths of letters, by the size and weight of the text', () => {
    expect(measureText({ fontSize: 20 }, 'aW 0')).toBeCloseTo((20 * (1255 + 2025 + 651 + 1303)) / 2048, 10);
    expect(measureText({}, 'a')).toBeCloseTo((11 * 1255) / 2048, 10);
    for (const fontWeight of ['bold', 600, '700'])
      expect(measureText({ fontSize: 10, fontWeight }, 'a')).toBeCloseTo((10 * 1382) / 2048, 10);
    expect(measureText({ fontSize: 10, fontWeight: 400 }, 'a')).toBeCloseTo((10 * 1255) / 2048, 10);
    expect(measureText({ fontSize: 10 }, '中文')).toBe(20);
    expect(measureText({}, undefined)).toBe(0);
    expect(measureText({ fontSize: 10 }, ' 0 ')).toBeCloseTo((10 * 1303) / 2048, 10);
  });
});
