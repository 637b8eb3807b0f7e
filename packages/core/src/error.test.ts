import { ChurnError } from './error.js';

describe('ChurnError', () => {
  it('carries its code, its message and its cause', () => {
    const cause = new Error('disk full');
    const error = new ChurnError('invalid-file', 'cannot write a.csv', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'ChurnError',
      code: 'invalid-file',
      message: 'cannot write a.csv',
      cause,
    });
  });

  it('recognises an error of another copy of the package', () => {
    const other = Object.assign(new Error('from the other build'), {
      name: 'ChurnError',
      code: 'model-file',
    });
    expect(ChurnError.is(other)).toBe(true);
    expect(ChurnError.is(new ChurnError('model-file', ''))).toBe(true);
  });

  it.each([
    ['an error of another kind', new TypeError('x')],
    ['an error of the same name without a code', Object.assign(new Error('x'), { name: 'ChurnError' })],
    ['a text', 'ChurnError'],
    ['null', null],
    ['nothing', undefined],
  ])('does not recognise %s', (_, value) => {
    expect(ChurnError.is(value)).toBe(false);
  });
});
