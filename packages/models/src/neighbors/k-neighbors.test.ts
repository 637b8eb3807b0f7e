import { Random, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import fc from 'fast-check';
import reference from '../../test/reference/k_neighbors.json';
import { KNeighborsClassifier, type KNeighborsOptions } from './k-neighbors.js';

const x = Table.fromColumns({ a: [0, 1, 2, 3, 10, 11, 12, 13], b: [0, 1, 0, 1, 0, 1, 0, 1] });
const y = ['no', 'no', 'no', 'yes', 'yes', 'yes', 'yes', 'no'];

describe.each<KNeighborsOptions>([
  { nNeighbors: 3 },
  { nNeighbors: 4, weights: 'distance', p: 1 },
  { p: 3.5 },
])('KNeighborsClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new KNeighborsClassifier(options),
      restorable: KNeighborsClassifier,
      x,
      y,
      refusesWeights: true,
    }),
  )('$name', ({ run }) => run());
});

describe.each(reference.data)('KNeighborsClassifier agrees with scikit-learn: $name', (data) => {
  it.each(data.cases)('$options', ({ options, probabilities, predicted }) => {
    const model = new KNeighborsClassifier(options as KNeighborsOptions).fit(
      Table.fromMatrix(data.x),
      data.y,
    );
    const at = Table.fromMatrix(data.at);
    model.predictProba(at).forEach((column, k) => {
      column.forEach((p, row) => {
        expect(p).toBeCloseTo(probabilities[k][row], 10);
      });
    });
    expect(model.predict(at)).toEqual(predicted);
  });
});

describe('KNeighborsClassifier', () => {
  const table = Table.fromColumns({ a: [0, 3, 4, 8] });
  const labels = ['p', 'q', 'q', 'p'];
  const probabilityOf = (options: KNeighborsOptions, a: number) =>
    new KNeighborsClassifier(options).fit(table, labels).predictProba(Table.fromColumns({ a: [a] }))[1][0];

  it('agrees with shares among the nearest rows counted by hand', () => {
    expect(probabilityOf({ nNeighbors: 3 }, 1)).toBeCloseTo(2 / 3, 12);
    // Distances of 1, 2 and 3 from rows of p, q and q.
    expect(probabilityOf({ nNeighbors: 3, weights: 'distance' }, 1)).toBeCloseTo(
      (1 / 2 + 1 / 3) / (11 / 6),
      12,
    );
  });

  it('counts only rows at distance 0 if there are any', () => {
    expect(probabilityOf({ nNeighbors: 3, weights: 'distance' }, 3)).toBe(1);
    expect(probabilityOf({ nNeighbors: 3, weights: 'uniform' }, 3)).toBeCloseTo(2 / 3, 12);
  });

  it('prefers the first of equally near rows', () => {
    // 0 and 4 are equally far from 2; 3 is nearer.
    expect(probabilityOf({ nNeighbors: 2 }, 2)).toBe(0.5);
  });

  it('finds the same rows as sorting all distances', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3), (seed, k, p) => {
        const random = new Random(seed);
        // Few distinct values, for many ties.
        const rows = Array.from({ length: 30 }, () => Array.from({ length: 3 }, () => random.int(4)));
        const classes = rows.map((_, i) => i % 3);
        const model = new KNeighborsClassifier({ nNeighbors: k, p }).fit(Table.fromMatrix(rows), classes);
        const point = [1, 2, 1];
        const apart = rows.map((row) => row.reduce((sum, v, j) => sum + Math.abs(v - point[j]) ** p, 0));
        const nearest = classes
          .map((_, i) => i)
          .sort((a, b) => apart[a] - apart[b] || a - b)
          .slice(0, k);
        const shares = [0, 1, 2].map((c) => nearest.filter((i) => classes[i] === c).length / k);
        const received = model.predictProba(Table.fromMatrix([point])).map(([p]) => p);
        received.forEach((p, c) => {
          expect(p).toBeCloseTo(shares[c], 12);
        });
      }),
    );
  });

  it.each<[KNeighborsOptions, string]>([
    [{ nNeighbors: 0 }, 'nNeighbors: expected an integer of at least 1, got 0'],
    [{ weights: 'near' as 'uniform' }, 'weights: expected one of uniform, distance, got "near"'],
    [{ p: 0.5 }, 'p: expected a number of at least 1, got 0.5'],
    [{ k: 3 } as KNeighborsOptions, 'k: unknown; the options are nNeighbors, weights, p'],
  ])('rejects %j', (options, message) => {
    expect(() => new KNeighborsClassifier(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('rejects more neighbours than rows, and a table without columns', () => {
    expect(() => new KNeighborsClassifier().fit(table, labels)).toThrow(
      'nNeighbors: expected at most the number of training rows, 4, got 5',
    );
    expect(() => new KNeighborsClassifier().fit(Table.fromColumns({}, 8), y)).toThrow(
      'expected feature columns, got none',
    );
  });

  it.each([
    { nNeighbors: 9 },
    { features: ['a'] },
    { features: [] },
    { classes: ['no'] },
    { codes: '' },
    { weights: 'near' },
    { p: 0 },
  ])('rejects a state with %j', (change) => {
    const { state } = new KNeighborsClassifier().fit(x, y);
    expect(() => KNeighborsClassifier.restore(new StateReader('', { ...state, ...change }))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
