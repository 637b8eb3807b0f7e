import { requireParameter } from './parameter.js';

describe('requireParameter', () => {
  it('accepts a valid parameter', () => {
    expect(() => requireParameter(true, 'C', 'a number above 0', 1)).not.toThrow();
  });

  it.each([
    [-1, '-1'],
    [Number.NaN, 'NaN'],
    ['a', '"a"'],
    [undefined, 'undefined'],
    [['a', 1], '["a",1]'],
    ['a'.repeat(100), `"${'a'.repeat(79)}`],
  ])('names the parameter, the expected value and that it got %j', (received, shown) => {
    expect(() => requireParameter(false, 'C', 'a number above 0', received)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: `C: expected a number above 0, got ${shown}`,
      }),
    );
  });
});
