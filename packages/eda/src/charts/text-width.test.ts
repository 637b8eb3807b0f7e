import { textWidth } from './text-width.js';

describe('textWidth', () => {
  it('grows with letters, their kind and the size', () => {
    expect(textWidth('')).toBe(0);
    expect(textWidth('abcde', 10)).toBeCloseTo(31, 10);
    expect(textWidth('中文', 10)).toBeCloseTo(20, 10);
  });
});
