import { checkedPredictions } from './checked-predictions.js';
import { Table } from './table.js';

const x = Table.fromColumns({ a: [1, -1e300, 2], b: [3, 4, 5] });

it('passes finite values on unchanged', () => {
  const amounts = Float64Array.of(1, -2, 1e308);
  expect(checkedPredictions(x, x.names, amounts)).toBe(amounts);
});

it('reports each row without a finite value, with the column of its most extreme input', () => {
  expect(() => checkedPredictions(x, x.names, Float64Array.of(1, -Infinity, NaN))).toThrow(
    expect.objectContaining({
      code: 'invalid-data',
      message:
        'column "a", row 1: expected values that have a prediction, got -1e+300, whose prediction would be -Infinity; 2 rows in all',
      faults: [
        expect.objectContaining({ row: 1, column: 'a' }),
        expect.objectContaining({ row: 2, column: 'b' }),
      ],
    }),
  );
});
