import fc from 'fast-check';
import * as simple from 'simple-statistics';
import { expectClose, reference } from '../../test/reference';
import { binaryUnit } from './binary-unit';
import { mode, modeLevel } from './mode';
import { quantiles } from './quantile';
import { skewness } from './skewness';
import { standardDeviation } from './standard-deviation';

const numbers = (...values: number[]) => Float64Array.from(values);
const samples = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 3, maxLength: 50 });

describe('standardDeviation', () => {
  it('divides by the number of values', () => expect(standardDeviation(numbers(1, 3))).toBe(1));
  it('is 0 for values that differ only by rounding', () => {
    expect(standardDeviation(numbers(0.1, 0.1, 0.1))).toBe(0);
    expect(standardDeviation(numbers(1e16, 1e16 + 2))).toBe(0);
  });
  it('neither overflows nor underflows', () => {
    expectClose(standardDeviation(numbers(1e300, 3e300)), 1e300);
    expectClose(standardDeviation(numbers(1e-300, 3e-300)), 1e-300);
  });
  it('agrees with simple-statistics', () => {
    fc.assert(
      fc.property(samples, (values) => {
        expect(standardDeviation(numbers(...values))).toBeCloseTo(simple.standardDeviation(values), 9);
      }),
    );
  });
});

describe('skewness', () => {
  it('is 0 for symmetric values', () => expect(skewness(numbers(1, 2, 3))).toBe(0));
  // m2 = 2/9, m3 = 2/27; sqrt(6) * (2/27) / (2/9)^1.5
  it('is adjusted for bias', () => expect(skewness(numbers(0, 0, 1))).toBeCloseTo(Math.sqrt(3), 12));
  it('is 0 for a constant and null for too few values', () => {
    expect(skewness(numbers(0.1, 0.1, 0.1))).toBe(0);
    expect(skewness(numbers(1, 2))).toBeNull();
  });
  it('does not depend on the unit', () => {
    expect(skewness(numbers(0, 0, 2 ** -1000))).toBeCloseTo(Math.sqrt(3), 12);
    expect(skewness(numbers(0, 0, 2 ** 1000))).toBeCloseTo(Math.sqrt(3), 12);
  });
  it('agrees with simple-statistics', () => {
    fc.assert(
      fc.property(samples, (values) => {
        fc.pre(new Set(values).size > 1);
        expect(skewness(numbers(...values))).toBeCloseTo(simple.sampleSkewness(values), 8);
      }),
    );
  });
  it.each(Object.entries(reference.columns).filter(([name]) => name !== 'constant'))(
    'agrees with pandas: %s',
    (_, { values, skew }) => {
      expectClose(skewness(Float64Array.from(values.filter((value) => value !== null))), skew);
    },
  );
});

describe('mode', () => {
  it('is the most frequent value, the smallest of ties', () => {
    expect(mode(numbers(3, 1, 3, 2))).toBe(3);
    expect(mode(numbers(10, 9, -1, 9, 10))).toBe(9);
    expect(mode(numbers())).toBeNull();
  });
  it('of levels ignores missing ones and compares ties by code unit', () => {
    const levels = ['a', 'B', 'never'];
    expect(modeLevel({ kind: 'category', codes: Int32Array.of(-1, -1, -1, 0, 1), levels })).toBe('B');
    expect(modeLevel({ kind: 'category', codes: Int32Array.of(-1), levels })).toBeNull();
  });
});

describe('binaryUnit', () => {
  it('is the power of two at or below the largest magnitude', () => {
    expect(binaryUnit(numbers(1, -9, 3))).toBe(8);
    expect(binaryUnit(numbers(0))).toBe(1);
    expect(binaryUnit(numbers(Number.MAX_VALUE))).toBe(2 ** 1022);
    expect(binaryUnit(numbers(5e-324))).toBe(2 ** -1022);
  });
});

it('quantiles lie between opposite huge values', () => {
  const [lowest, middle, upper] = quantiles(Float64Array.of(-1.7e308, 1.7e308), [0, 0.5, 0.75]);
  expect([lowest, middle]).toEqual([-1.7e308, 0]);
  expect(upper / 0.85e308).toBeCloseTo(1, 14);
});
