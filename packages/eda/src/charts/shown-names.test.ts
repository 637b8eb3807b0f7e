import { visibleText } from '@churn/core';
import fc from 'fast-check';
import { shownName, shownNames } from './shown-names.js';

describe('shownName', () => {
  it('omits the middle of a very long name, and splits no surrogate pair', () => {
    expect(shownName('x'.repeat(100))).toBe('x'.repeat(100));
    expect(shownName(`${'a'.repeat(500)}${'b'.repeat(500)}`)).toBe(`${'a'.repeat(70)}…${'b'.repeat(29)}`);
    expect(Array.from(shownName('😀'.repeat(101)))).toHaveLength(100);
    const huge = shownName(`a${'😀'.repeat(100_000)}`);
    expect(huge).toBe(`a${'😀'.repeat(69)}…${'😀'.repeat(29)}`);
  });
});

describe('shownNames', () => {
  it('numbers equal names, skipping numbers in use', () => {
    expect(shownNames(['a', 'a', 'b', 'a (2)', 'a'])).toEqual(['a', 'a (3)', 'b', 'a (2)', 'a (4)']);
    expect(shownNames(['a\nb', 'a\\nb'])).toEqual(['a\\nb', 'a\\nb (2)']);
    expect(shownNames(['__proto__', 'constructor', '__proto__'])).toEqual([
      '__proto__',
      'constructor',
      '__proto__ (2)',
    ]);
  });

  it('never returns the same name twice, and keeps unique ones unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('a', 'a (2)', 'a (3)', ''), fc.string())), (names) => {
        const shown = shownNames(names);
        expect(new Set(shown).size).toBe(names.length);
        names.forEach((name, i) => {
          if (names.indexOf(name) === i && visibleText(name) === name && !name.includes('\\'))
            expect(shown[i]).toBe(name);
        });
      }),
    );
  });
});
