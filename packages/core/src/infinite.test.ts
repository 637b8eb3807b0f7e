import fc from 'fast-check';
import { allFinite, hasInfinite } from './infinite';

it('distinguishes infinite and missing values from finite ones, wherever they are', () => {
  const number = fc.oneof(fc.double(), fc.constantFrom(-0, 1.7e308, -1.7e308, 5e-324));
  fc.assert(
    fc.property(fc.float64Array(), fc.array(number), (array, list) => {
      for (const values of [array, Float64Array.from(list)]) {
        expect(hasInfinite(values)).toBe(values.includes(Infinity) || values.includes(-Infinity));
        expect(allFinite(values)).toBe(Array.from(values).every(Number.isFinite));
      }
    }),
  );
});
