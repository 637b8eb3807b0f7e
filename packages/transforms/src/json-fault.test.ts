import fc from 'fast-check';
import { jsonFault } from './json-fault';

it('finds no fault in JSON values', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(jsonFault(value)).toBeUndefined();
    }),
  );
});

class Range {
  readonly from = 1;
}

it.each<[unknown, string, string]>([
  [undefined, '', 'undefined'],
  [{ least: NaN }, '.least', 'NaN'],
  [{ a: [1, { b: -Infinity }] }, '.a[1].b', '-Infinity'],
  [{ values: Float64Array.of(1) }, '.values', 'a Float64Array'],
  [[1, new Map()], '[1]', 'a Map'],
  [{ at: new Date(0) }, '.at', 'a Date'],
  [{ of: new Range() }, '.of', 'a Range'],
  [{ cap: undefined }, '.cap', 'undefined'],
  [new Array(1), '[0]', 'undefined'],
  [{ count: 1n }, '.count', 'a bigint'],
  [{ map: () => 1 }, '.map', 'a function'],
  [{ name: Symbol('a') }, '.name', 'a symbol'],
  [{ toJSON: () => 1 }, '', 'an object with toJSON'],
])('finds what JSON cannot represent: %p', (value, at, received) => {
  expect(jsonFault(value)).toEqual({ at, received });
});

it('finds cycles and deep nesting', () => {
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(jsonFault(circle)?.received).toBe('something nested more than 80 levels deep');
});
