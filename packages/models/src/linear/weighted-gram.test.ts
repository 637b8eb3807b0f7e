import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { dot, weightedGram } from './weighted-gram.js';

const number = fc.integer({ min: -50, max: 50 });

describe('weightedGram', () => {
  it('is the product Xᵀ diag(weights) X, for any number of columns', () => {
    const shapes = fc.tuple(fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 6 }));
    const problems = shapes.chain(([p, n]) =>
      fc.tuple(
        fc.array(fc.array(number, { minLength: n, maxLength: n }), { minLength: p, maxLength: p }),
        fc.array(number, { minLength: n, maxLength: n }),
      ),
    );
    fc.assert(
      fc.property(problems, ([columns, weights]) => {
        const transposed = new Matrix(columns);
        const expected = transposed.mmul(Matrix.diag(weights)).mmul(transposed.transpose());
        const gram = weightedGram(
          columns.map((column) => Float64Array.from(column)),
          Float64Array.from(weights),
        );
        // Sums of integers are exact; adding 0 makes a negative zero positive.
        expect(Array.from(gram, (value) => value + 0)).toEqual(
          expected.to1DArray().map((value) => value + 0),
        );
      }),
    );
  });

  it('is empty without columns', () => {
    expect(weightedGram([], Float64Array.of(1, 2))).toHaveLength(0);
  });
});

it('dot sums the products of two vectors', () => {
  expect(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, -5, 6))).toBe(12);
  expect(dot(new Float64Array(0), new Float64Array(0))).toBe(0);
});
