import fc from 'fast-check';
import {
  integer,
  logInteger,
  logUniform,
  oneOf,
  type ParamsIn,
  SearchSpaces,
  uniform,
} from './search-space.js';

describe('ranges', () => {
  it('map between numbers and positions', () => {
    expect(uniform(2, 4).valueAt(0.25)).toBe(2.5);
    expect(logUniform(0.01, 100).valueAt(0.5)).toBeCloseTo(1, 12);
    expect(logUniform(0.01, 100).placeOf(10)).toBeCloseTo(0.75, 12);
    // Of four integers each has a quarter.
    expect([0, 0.24, 0.26, 0.74, 0.76, 1].map((place) => integer(3, 6).valueAt(place))).toEqual([
      3, 3, 4, 5, 6, 6,
    ]);
    expect(integer(3, 6).placeOf(3)).toBe(0.125);
    expect(logInteger(1, 1000).valueAt(0.5)).toBe(22);
  });

  it('stay within their ends, and invert', () => {
    const ranges = [uniform(-1, 3), logUniform(1e-3, 0.1), integer(-2, 5), logInteger(1, 64)];
    fc.assert(
      fc.property(fc.constantFrom(...ranges), fc.double({ min: 0, max: 1, noNaN: true }), (range, place) => {
        const value = range.valueAt(place);
        expect(value).toBeGreaterThanOrEqual(range.low);
        expect(value).toBeLessThanOrEqual(range.high);
        if (range.isWhole) expect(range.valueAt(range.placeOf(value) ?? NaN)).toBe(value);
        else expect(range.placeOf(value)).toBeCloseTo(place, 9);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it.each([
    [() => uniform(1, 1), 'high: expected a number above 1, got 1'],
    [() => uniform(NaN, 1), 'low: expected a number, got NaN'],
    [() => logUniform(0, 1), 'low: expected a number above 0, got 0'],
    [() => integer(0.5, 2), 'low: expected an integer, got 0.5'],
    [() => integer(1, 2.5), 'high: expected an integer, got 2.5'],
    [() => logInteger(0, 9), 'low: expected an integer of at least 1, got 0'],
    [() => oneOf([]), 'values: expected a list of values, got []'],
    [() => oneOf([1, 1]), 'values: expected a list without repetitions, got [1,1]'],
    [() => new SearchSpaces({ a: 1 }), 'space: expected a parameter with several values, got {"a":1}'],
    [() => new SearchSpaces(3 as never), /^space: expected an object with the space of each parameter/],
  ])('%s is rejected', (make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-parameter' }));
    expect(make).toThrow(message);
  });
});

describe('SearchSpaces', () => {
  const space = [
    { model: 'tree', depth: integer(2, 8), growth: oneOf(['leaf', 'level', null]) },
    { model: 'linear', C: logUniform(0.1, 10), columns: oneOf([['a'], ['a', 'b']]) },
  ] as const;
  type P = ParamsIn<typeof space>;
  const spaces = new SearchSpaces<P>(space);

  it('returns candidates typed by the space, and finds their points again', () => {
    // It would not compile if the types were wider.
    const describeOne = (params: P): string =>
      params.model === 'tree'
        ? `${params.depth.toFixed()} ${params.growth ?? 'none'}`
        : params.columns.join();
    expect(describeOne(spaces.paramsAt({ space: 0, at: [0.5, 2] }))).toBe('5 none');
    const params = spaces.paramsAt({ space: 1, at: [0.5, 1] });
    expect(params).toEqual({ model: 'linear', C: expect.closeTo(1), columns: ['a', 'b'] });
    const found = spaces.pointOf({ model: 'linear', C: 1, columns: ['a', 'b'] });
    expect(found).toEqual({ space: 1, at: [expect.closeTo(0.5), 1] });
  });

  it.each([
    [{ model: 'tree', depth: 9, growth: 'leaf' }],
    [{ model: 'tree', depth: 2.5, growth: 'leaf' }],
    [{ model: 'tree', depth: 3, growth: 'symmetric' }],
    [{ model: 'tree', depth: 3 }],
    [{ model: 'tree', depth: 3, growth: 'leaf', more: 1 }],
    [{ model: 'forest' }],
  ])('finds %j in no space', (params) => {
    expect(spaces.pointOf(params as P)).toBeUndefined();
  });

  it('supports names of object properties', () => {
    const odd = new SearchSpaces<{ readonly constructor: number }>({ constructor: integer(1, 3) });
    expect(odd.paramsAt({ space: 0, at: [0] }).constructor).toBe(1);
    expect(odd.pointOf({} as never)).toBeUndefined();
  });
});
