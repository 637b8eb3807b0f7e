import { textWidth } from './text-width.js';

describe('textWidth', () => {
  it('depends on the number of letters, their width and the font size', () => {
    expect(textWidth('')).toBe(0);
    expect(textWidth('abcde', 10)).toBeCloseTo(31, 10);
    expect(textWidth('中文', 10)).toBeCloseTo(20, 10);
  });
});
