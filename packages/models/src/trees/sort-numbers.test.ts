import fc from 'fast-check';
import { sortNumbers } from './sort-numbers.js';

function expectSorted(values: readonly number[]): void {
  const sorted = Float64Array.from(values);
  sortNumbers(sorted);
  // -0 comes before 0, as `toEqual` tells them apart.
  expect(Array.from(sorted)).toEqual(Array.from(Float64Array.from(values).sort()));
}

describe('sortNumbers', () => {
  it('sorts many numbers of all magnitudes and signs as comparing does', () => {
    const double = fc.double({ noNaN: true });
    fc.assert(
      fc.property(
        fc.array(double, { minLength: 1, maxLength: 100 }),
        fc.integer({ min: 1, max: 5 }),
        (some, step) => {
          // Repeated, halved time and again and negated, they are many, of which some agree in the higher half of their bits.
          expectSorted(
            Array.from(
              { length: 3000 },
              (_, i) => some[(i * step) % some.length] * (1 - 2 * (i % 2)) * (1 + i * 2 ** -50),
            ),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('sorts numbers that differ in the lower half of their bits alone', () => {
    expectSorted(Array.from({ length: 5000 }, (_, i) => 1 + ((i * 7919) % 5000) * 2 ** -52));
  });

  it('sorts a view into other numbers, and these alone', () => {
    const whole = Float64Array.from({ length: 5000 }, (_, i) => -i);
    sortNumbers(whole.subarray(1000, 4000));
    expect(Array.from(whole.subarray(998, 1002))).toEqual([-998, -999, -3999, -3998]);
    expect(Array.from(whole.subarray(3998, 4002))).toEqual([-1001, -1000, -4000, -4001]);
  });
});
