import fc from 'fast-check';
import exact from '../../test/reference/elementary.json';
import { binaryExponent } from './binary-exponent.js';
import { cos } from './cos.js';
import { exp, expm1 } from './exp.js';
import { log } from './log.js';
import { log1p } from './log1p.js';
import { log10, pow } from './pow.js';
import { powerOfTwo } from './powers-of-two.js';
import { tanh } from './tanh.js';

const FUNCTIONS = { exp, expm1, log, log1p, log10, cos, tanh, pow } as Record<
  keyof typeof exact,
  (...x: number[]) => number
>;

/** As the doc comments state them. */
const LARGEST_ERRORS = {
  exp: 0.51,
  expm1: 0.6,
  log: 0.52,
  log1p: 0.52,
  log10: 0.501,
  cos: 0.75,
  tanh: 2,
  pow: 0.501,
};
const LARGEST_ERROR_OF_SUBNORMALS = 0.76;

const LEAST_NORMAL = 2 ** -1022;

/** The distance between numbers of this size. */
function unitOf(value: number): number {
  const size = Math.abs(value);
  return size < LEAST_NORMAL ? Number.MIN_VALUE : Number.EPSILON * powerOfTwo(binaryExponent(size));
}

/** A number that follows or precedes a positive one. */
function neighbour(x: number, steps: 1 | -1): number {
  const bits = new BigInt64Array(Float64Array.of(x).buffer);
  bits[0] += BigInt(steps);
  return new Float64Array(bits.buffer)[0];
}

const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });

describe.each(Object.keys(FUNCTIONS) as (keyof typeof exact)[])('%s', (name) => {
  it('is as close to the exact value as documented', () => {
    const errors = exact[name].map((row) => {
      const [nearest, rest] = row.slice(-2);
      const value = FUNCTIONS[name](...row.slice(0, -2));
      const error = Math.abs((value - nearest) / unitOf(nearest) - rest);
      return {
        arguments: row.slice(0, -2),
        value,
        nearest,
        error,
        isSubnormal: Math.abs(nearest) < LEAST_NORMAL,
      };
    });
    expect(errors.length).toBeGreaterThan(100);
    const bound = LARGEST_ERRORS[name];
    expect(
      errors.filter(
        ({ error, isSubnormal }) =>
          !(error < (isSubnormal ? Math.max(bound, LARGEST_ERROR_OF_SUBNORMALS) : bound)),
      ),
    ).toEqual([]);
  });
});

describe('special values', () => {
  it.each([
    [exp, 0, 1],
    [exp, -0, 1],
    [exp, Infinity, Infinity],
    [exp, -Infinity, 0],
    [exp, NaN, NaN],
    [exp, 709.7827128933841, Infinity],
    [exp, 1e308, Infinity],
    [exp, -745.1332191019411, Number.MIN_VALUE],
    [exp, -745.1332191019412, 0],
    [exp, -1e308, 0],
    [expm1, 0, 0],
    [expm1, -0, -0],
    [expm1, 5e-324, 5e-324],
    [expm1, Infinity, Infinity],
    [expm1, 710, Infinity],
    [expm1, -Infinity, -1],
    [expm1, -40, -1],
    [expm1, NaN, NaN],
    [log, 1, 0],
    [log, 0, -Infinity],
    [log, -0, -Infinity],
    [log, -1, NaN],
    [log, -Infinity, NaN],
    [log, Infinity, Infinity],
    [log, NaN, NaN],
    [log1p, 0, 0],
    [log1p, -0, -0],
    [log1p, -5e-324, -5e-324],
    [log1p, -1, -Infinity],
    [log1p, -1.5, NaN],
    [log1p, -Infinity, NaN],
    [log1p, Infinity, Infinity],
    [log1p, NaN, NaN],
    [tanh, 0, 0],
    [tanh, -0, -0],
    [tanh, Infinity, 1],
    [tanh, -Infinity, -1],
    [tanh, NaN, NaN],
    [cos, 0, 1],
    [cos, -0, 1],
    [cos, NaN, NaN],
    [cos, Math.PI, -1],
    [log10, 1, 0],
  ])('%O of %p is %p', (f, x, expected) => {
    expect(f(x)).toBe(expected);
  });

  it('log10 is exact for powers of ten', () => {
    for (let k = -307; k <= 308; k++) expect(log10(Number(`1e${k}`))).toBe(k);
  });

  it.each([
    [2, 0, 1],
    [NaN, 0, 1],
    [1, Infinity, 1],
    [0, 2, 0],
    [0, -2, Infinity],
    [2, Infinity, Infinity],
    [0.5, Infinity, 0],
    [2, -Infinity, 0],
    [Infinity, 1, Infinity],
    [Infinity, -1, 0],
    [2, NaN, NaN],
    [NaN, 1, NaN],
    [-2, 2, NaN],
    [10, 309, Infinity],
    [10, -400, 0],
    [2, 1e300, Infinity],
    [2, -1e300, 0],
    [2, 1e-320, 1],
  ])('pow(%p, %p) is %p', (base, exponent, expected) => {
    expect(pow(base, exponent)).toBe(expected);
  });
});

describe('properties', () => {
  it('pow of integers is exact if products are', () => {
    for (let base = 2; base <= 12; base++) {
      for (let k = 1, product = base; product <= Number.MAX_SAFE_INTEGER; k++, product *= base)
        expect(pow(base, k)).toBe(product);
    }
    for (let k = -1074; k <= 1023; k += 3) expect(pow(2, k)).toBe(powerOfTwo(k));
  });

  it('a root squared is the number', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const root = Math.sqrt(x);
        expect(Math.abs(pow(x, 0.5) - root)).toBeLessThanOrEqual(unitOf(root));
      }),
    );
  });

  it('log and exp are inverse', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        // The error of exp, of half a unit, is one of up to 2^-52 in its logarithm.
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(Number.EPSILON + unitOf(x));
      }),
    );
    fc.assert(
      fc.property(positive, (x) => {
        if (x < LEAST_NORMAL) return;
        const y = log(x);
        expect(Math.abs(exp(y) / x - 1)).toBeLessThanOrEqual(unitOf(y) + 2 * Number.EPSILON);
      }),
    );
  });

  it('exp of a sum is the product, log of a product the sum', () => {
    const moderate = fc.double({ min: -300, max: 300, noNaN: true });
    fc.assert(
      fc.property(moderate, moderate, (a, b) => {
        expect(Math.abs(exp(a + b) / (exp(a) * exp(b)) - 1)).toBeLessThan(4 * Number.EPSILON + unitOf(a + b));
      }),
    );
    fc.assert(
      fc.property(positive, fc.integer({ min: -100, max: 100 }), (x, k) => {
        const scaled = x * powerOfTwo(k);
        if (x < LEAST_NORMAL || scaled < LEAST_NORMAL || scaled === Infinity) return;
        expect(Math.abs(log(scaled) - (log(x) + k * Math.LN2))).toBeLessThan(4e-13);
      }),
    );
  });

  it('expm1 and log1p are inverse near 0', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.5, max: 0.5, noNaN: true }), (x) => {
        expect(Math.abs(log1p(expm1(x)) - x)).toBeLessThanOrEqual(3 * unitOf(x));
      }),
    );
  });

  it('increasing functions never decrease', () => {
    fc.assert(
      fc.property(positive, (x) => {
        const [below, above] = [neighbour(x, -1), neighbour(x, 1)];
        for (const f of [log, log1p, expm1, exp]) {
          expect(f(below) <= f(x) && f(x) <= f(above)).toBe(true);
          if (f === exp || f === expm1) expect(f(-above) <= f(-x) && f(-x) <= f(-below)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('increasing functions never decrease between intervals of a table', () => {
    const ends: [(x: number) => number, number][] = [];
    for (let j = -2000; j <= 2000; j++)
      ends.push([exp, ((j + 0.5) * Math.LN2) / 128], [expm1, ((j + 0.5) * Math.LN2) / 128]);
    for (let j = 0; j <= 512; j++)
      ends.push([log, 0.5 + j / 512], [log, 1 + j / 256], [log1p, j / 256 - 0.5]);
    for (const x of [0.125, 38, 2 ** -8, 708, 709])
      ends.push([expm1, x], [expm1, -x], [exp, x], [exp, -x], [log1p, x]);
    const falls: number[] = [];
    for (const [f, x] of ends) {
      if (x === 0) continue;
      // Four numbers to either side.
      let around = x - 4 * unitOf(x);
      for (let i = 0; i < 8; i++) {
        const next = around + unitOf(x) / 2;
        if (!(f(next) >= f(around))) falls.push(next);
        around = next;
      }
    }
    expect(ends.length).toBeGreaterThan(9000);
    expect(falls).toEqual([]);
  });

  it('binaryExponent is exact', () => {
    for (let k = -1074; k <= 1023; k++) {
      const power = powerOfTwo(k);
      expect(binaryExponent(power)).toBe(k);
      if (k > -1074) expect(binaryExponent(neighbour(power, -1))).toBe(k - 1);
    }
    expect(binaryExponent(Number.MAX_VALUE)).toBe(1023);
  });
});
