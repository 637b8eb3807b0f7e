import { Random, Table } from '@churn/core';
import { binCodes, MISSING_BIN } from '../trees/bins.js';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

const MIN_SAMPLES_LEAF = 20;
const L2 = 3;
const MIN_CURVATURE = 1e-3;

/** Columns of many values, of few, of one, and with missing ones; more columns than are processed side by side. */
function example(seed: number, nRows: number) {
  const random = new Random('first split', seed);
  const columns = Array.from({ length: 13 }, (_, j) =>
    Float64Array.from({ length: nRows }, () => {
      if (j % 4 === 1 && random.uniform() < 0.3) return Number.NaN;
      if (j === 5) return 7;
      return j % 3 === 0 ? random.int(5) : random.normal();
    }),
  );
  const at = (j: number, row: number) => (Number.isNaN(columns[j][row]) ? 1.5 : columns[j][row]);
  const y = Array.from({ length: nRows }, (_, row) =>
    Number(at(1, row) - at(2, row) + at(3, row) / 3 + at(9, row) + random.normal() > 1),
  );
  return { columns, y, x: Table.fromColumns(columns.map((values, j) => [`x${j}`, values])) };
}

function fitOne(x: Table, y: number[], options: GradientBoostingOptions) {
  const specification = new GradientBoostingClassifier({
    nEstimators: 1,
    growth: 'leaf',
    l2Regularization: L2,
    randomStrength: 0,
    ...options,
  });
  return specification.fit(x, y);
}

describe('the first split', () => {
  const SEEDS = Array.from({ length: 8 }, (_, seed) => seed);

  // With few rows, many bins are empty; with many rows, each thread sums up a part.
  it.each(SEEDS)('has the largest gain, in example %i', (seed) => {
    const { columns, x, y } = example(seed, 200 + 200 * seed);
    const { trees, binning } = fitOne(x, y, { maxLeafNodes: 2 }).boosted;
    const share = y.reduce((sum, each) => sum + each, 0) / y.length;
    const codes = columns.map((values, j) => {
      const feature = binning.features[j];
      if ('levels' in feature) throw new Error('a column of numbers has no levels');
      return { codes: binCodes(values, feature.edges), nBins: feature.edges.length + 1 };
    });
    const gainOf = (j: number, bin: number, isMissingLeft: boolean): number => {
      const sides = [0, 1].map(() => ({ gradient: 0, curvature: 0, nRows: 0 }));
      codes[j].codes.forEach((code, row) => {
        const isLeft = code === MISSING_BIN ? isMissingLeft : code <= bin;
        const side = sides[Number(isLeft)];
        side.gradient += share - y[row];
        side.curvature += share * (1 - share);
        side.nRows++;
      });
      const isAllowed = ({ nRows, curvature }: (typeof sides)[number]) =>
        nRows >= MIN_SAMPLES_LEAF && curvature >= MIN_CURVATURE;
      if (!sides.every(isAllowed)) return 0;
      return sides.reduce((sum, { gradient, curvature }) => sum + gradient ** 2 / (curvature + L2), 0);
    };
    const gains = codes.flatMap(({ nBins }, j) =>
      Array.from({ length: nBins }, (_, bin) => Math.max(gainOf(j, bin, false), gainOf(j, bin, true))),
    );
    const { columns: split, bins } = trees.arrays;
    const chosen = gainOf(split[0] % 13, bins[0], split[0] >= 13);
    expect(chosen).toBeGreaterThan(Math.max(...gains) * (1 - 1e-6));
  });
});

describe('rows', () => {
  it.each(['leaf', 'symmetric'] as const)(
    'are in the leaves of their predictions, growing by %s',
    (growth) => {
      const random = new Random('rows');
      const { columns, y } = example(99, 5000);
      const x = Table.fromColumns([
        ...columns.map((values, j): [string, Float64Array] => [`x${j}`, values]),
        [
          'letter',
          y.map((each) => (random.uniform() < 0.1 ? null : 'abcdefghijklmnop'[random.int(8) + 8 * each])),
        ],
      ]);
      const model = fitOne(x, y, { growth, categories: 'sets' });
      const nRows = new Map<number, number>();
      for (const p of model.predictProba(x)[1]) nRows.set(p, (nRows.get(p) ?? 0) + 1);
      const { leafValues, leafWeights } = model.boosted.trees.arrays;
      expect(new Set(leafValues).size).toBe(leafValues.length);
      const byCount = (counts: Iterable<number>) => [...counts].sort((a, b) => a - b);
      expect(byCount(nRows.values())).toEqual(byCount(leafWeights));
    },
  );
});
