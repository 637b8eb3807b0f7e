import { identityKeys, specificationKey } from './specification-key.js';

const key = (value: unknown) => specificationKey(value, identityKeys());

class A {
  constructor(readonly value: unknown) {}
}
class B {
  constructor(readonly value: unknown) {}
}

it('is the same for the same parameters, whatever their order', () => {
  expect(key({ a: 1, b: [true, null, 'x'] })).toBe(key({ b: [true, null, 'x'], a: 1 }));
  expect(key(new A(new Map([[1, 'x']])))).toBe(key(new A(new Map([[1, 'x']]))));
  expect(key(Object.create(null))).toBe(key({}));
});

it('distinguishes different specifications', () => {
  const values: unknown[] = [
    ...[0, -0, 1, NaN, Infinity, 1n, '1', true, null, undefined, [], {}, [1], [[1]]],
    ...[new Date(1), new Date(2), /a/, /b/, new Map([[1, 2]]), new Map([[1, 3]]), new Set([1]), new Set([2])],
    ...[
      Float64Array.of(1),
      Int32Array.of(1),
      Float64Array.of(2),
      { a: 1 },
      { a: '1' },
      { b: 1 },
      { a: undefined },
    ],
  ];
  expect(new Set(values.map(key)).size).toBe(values.length);
});

it('distinguishes classes and functions by identity', () => {
  const keyOf = identityKeys();
  const of = (value: unknown) => specificationKey(value, keyOf);
  expect(of(new A(1))).not.toBe(of(new B(1)));
  expect(of(new A(1))).toBe(of(new A(1)));
  const one = () => 1;
  expect(of(new A(one))).toBe(of(new A(one)));
  expect(of(new A(one))).not.toBe(of(new A(() => 1)));
});
