import { checkedProbabilities } from './checked-probabilities';
import { ChurnError } from './error';
import { Table } from './table';

const x = Table.fromColumns({ a: [1, -5e300, 3], b: [2, 7, NaN], c: ['u', 'v', 'w'] });
const proba = (values: number[]) => [Float64Array.from(values, (p) => 1 - p), Float64Array.from(values)];

describe('checkedProbabilities', () => {
  it('returns valid probabilities', () => {
    const probabilities = proba([0, 1, 0.5]);
    expect(checkedProbabilities(x, x.names, probabilities)).toBe(probabilities);
  });

  it('rejects probabilities of fewer than two classes', () => {
    expect(() => checkedProbabilities(x, x.names, proba([0, 1, 0.5]).slice(1))).toThrow(
      expect.objectContaining({ code: 'invalid-data', message: expect.stringContaining('got 1') }),
    );
  });

  it.each([NaN, Infinity, -Infinity, -1e-9, 1.000001])('rejects %p, naming row and column', (bad) => {
    const check = () => checkedProbabilities(x, x.names, proba([0.5, bad, 0.5]));
    expect(check).toThrow('column "a", row 1: expected values that have a probability, got -5e+300');
    expect(check).toThrow(expect.objectContaining({ code: 'invalid-data' }));
  });

  it('reports all faulty rows', () => {
    try {
      checkedProbabilities(x, ['b'], proba([NaN, 0.2, NaN]));
    } catch (error) {
      if (!ChurnError.is(error)) throw error;
      expect(error.faults?.map(({ row, column }) => [row, column])).toEqual([
        [0, 'b'],
        [2, 'b'],
      ]);
      expect(error.message).toContain('; 2 rows in all');
    }
    expect.assertions(2);
  });
});
