import fc from 'fast-check';
import { wrapped } from './wrapped.js';

describe('wrapped', () => {
  it('breaks at spaces', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('one two three', 13)).toEqual(['one two three']);
    expect(wrapped('incomprehensible is it', 5)).toEqual(['incomprehensible', 'is it']);
    expect(wrapped('', 5)).toEqual(['']);
  });

  it('keeps every word, in sufficiently short lines', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 });
    fc.assert(
      fc.property(words, fc.integer({ min: 9, max: 40 }), (text, letters) => {
        const lines = wrapped(text.join(' '), letters);
        expect(lines.join(' ')).toBe(text.join(' '));
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(letters);
      }),
    );
  });
});
