import fc from 'fast-check';
import { NUMBER_ROOM, writeNumber } from './write-number';

function written(value: number): string {
  const bytes = new Uint8Array(40);
  const end = writeNumber(value, bytes, 3);
  expect(end - 3).toBeLessThanOrEqual(NUMBER_ROOM);
  return Buffer.from(bytes.subarray(3, end)).toString('latin1');
}

function plain(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

const decimals = fc
  .tuple(fc.maxSafeInteger(), fc.integer({ min: 0, max: 22 }))
  .map(([digits, places]) => Number(`${digits}e-${places}`));
const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((each) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, each);
  return view.getFloat64(0);
});
const neighbours = decimals.map((value) => value * (1 + Number.EPSILON));
const sums = fc.tuple(decimals, decimals).map(([a, b]) => a + b);

describe('writeNumber', () => {
  it('writes the same as String for numbers of any size', () => {
    const numbers = fc.oneof(
      fc.double(),
      bits,
      decimals,
      neighbours,
      sums,
      fc.integer(),
      fc.maxSafeInteger(),
    );
    fc.assert(
      fc.property(numbers, (value) => {
        expect(written(value)).toBe(plain(value));
      }),
      { numRuns: Number(process.env.FUZZ ?? 20_000), seed: 1 },
    );
  });

  it.each([
    ...[0, -0, 1, -1, 10, 999_999_999, 1e9, 2147483647, -2147483648, 4294967296, 999999999999999, 1e15],
    ...[2 ** 53, 1e20, 1e21, 1.5e300, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 1e-6, 9.9e-7, 0.000001234],
    ...[0.1, 0.1 + 0.2, 1 / 3, -2.5, 12691.0, 100.05, 0.7609999999999999, 1.005, 123456789.123456, Infinity],
  ])('writes %p', (value) => {
    expect(written(value)).toBe(plain(value));
  });
});
