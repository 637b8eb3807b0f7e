import { Labels, packArray, Random, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import fc from 'fast-check';
import { logisticLoss } from '../linear/logistic-loss.js';
import type { FittedGradientBoosting } from './fitted-gradient-boosting.js';
import { GradientBoostingClassifier, type GradientBoostingOptions } from './gradient-boosting.js';

/** Rows of two or three classes, with noise. */
function noisyRows(nRows: number, nClasses: number) {
  const random = new Random('rows', nRows, nClasses);
  const codes = Array.from({ length: nRows }, (_, row) => row % nClasses);
  const column = (scale: number) =>
    Float64Array.from(codes, (code) => scale * (1.5 * code + random.normal()));
  const x = Table.fromColumns({ a: column(1), b: column(100), noise: column(0), c: column(1e-6) });
  return { x, y: codes.map((code) => ['high', 'low', 'mid'][code]) };
}

describe.each<[number, GradientBoostingOptions]>([
  [2, { nEstimators: 5, minSamplesLeaf: 3 }],
  [2, { nEstimators: 30, minSamplesLeaf: 2, earlyStopping: true, nIterNoChange: 3 }],
  [2, { nEstimators: 4, minSamplesLeaf: 1, monotone: { a: 1, b: -1 }, growth: 'depth', maxDepth: 3 }],
  [3, { nEstimators: 4, minSamplesLeaf: 2, maxLeafNodes: 5, l2Regularization: 1 }],
])('GradientBoostingClassifier of %i classes with %j', (nClasses, options) => {
  it.each(
    classifierConformance({
      classifier: new GradientBoostingClassifier(options),
      others: [
        new GradientBoostingClassifier({ ...options, nEstimators: 2 }),
        new GradientBoostingClassifier({ ...options, learningRate: 0.3 }),
      ],
      restorable: GradientBoostingClassifier,
      ...noisyRows(60, nClasses),
      takesCategories: true,
    }),
  )('$name', ({ run }) => run());
});

const states = (models: { state: unknown }[]) => models.map(({ state }) => JSON.stringify(state));
const logOdds = (model: FittedGradientBoosting, x: Table) => model.decisionFunction(x)[0];

describe('GradientBoostingClassifier', () => {
  const { x, y } = noisyRows(200, 2);

  it('makes one split and a Newton step in each leaf, as computed by hand', () => {
    const one = Table.fromColumns({ a: [1, 2, 3, 4] });
    const options = {
      nEstimators: 1,
      maxDepth: 1,
      learningRate: 0.5,
      l2Regularization: 0,
    };
    const model = new GradientBoostingClassifier(options).fit(one, [0, 0, 0, 1]);
    // p = 1/4 in each row; the best split separates the last one: G = 3/4 there and -3/4 in the others, H = 3/16 a row.
    expect(model.boosted.baseScores[0]).toBeCloseTo(Math.log(1 / 3), 15);
    const [left, right] = [0.5 * -(0.75 / (9 / 16)), 0.5 * (0.75 / (3 / 16))];
    const scores = Array.from(logOdds(model, one), (score) => score - Math.log(1 / 3));
    [left, left, left, right].forEach((value, row) => {
      expect(scores[row]).toBeCloseTo(value, 12);
    });
    expect(logOdds(model, Table.fromColumns({ a: [3.4, 3.6] }))[1]).toBeCloseTo(right + Math.log(1 / 3), 12);
  });

  it('shrinks leaf values by l2Regularization', () => {
    const size = (l2Regularization: number) =>
      Math.max(
        ...new GradientBoostingClassifier({ nEstimators: 1, l2Regularization })
          .fit(x, y)
          .boosted.trees.arrays.leafValues.map(Math.abs),
      );
    expect(size(10)).toBeLessThan(size(1));
    expect(size(1)).toBeLessThan(size(0));
  });

  it('fits better with every round, and shares rounds exactly in fitMany', () => {
    const specifications = [3, 10, 30].map((nEstimators) => new GradientBoostingClassifier({ nEstimators }));
    const together = specifications[0].fitMany(x, y, specifications);
    expect(states(together)).toEqual(states(specifications.map((specification) => specification.fit(x, y))));
    const losses = together.map((model) => {
      const scores = logOdds(model, x);
      return logisticLoss(
        scores,
        y.map((label) => Number(label === 'low')),
      );
    });
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(together.map(({ nRounds }) => nRounds)).toEqual([3, 10, 30]);
  });

  it('satisfies monotonic constraints', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const table = Table.fromColumns(
          ['up', 'down', 'free'].map((name) => [
            name,
            Float64Array.from({ length: 80 }, () => random.normal()),
          ]),
        );
        const labels = Array.from({ length: 80 }, () => random.uniform() < 0.5);
        labels[0] = true;
        labels[1] = false;
        const model = new GradientBoostingClassifier({
          nEstimators: 10,
          minSamplesLeaf: 2,
          monotone: { up: 1, down: -1 },
        }).fit(table, labels);
        for (const [name, sign] of [
          ['up', 1],
          ['down', -1],
        ] as const) {
          const row = table.take([random.int(80)]);
          const values = Float64Array.from({ length: 60 }, (_, i) => (i - 30) / 10);
          const rows = row.take(new Int32Array(60)).with({ [name]: values });
          const scores = logOdds(model, rows);
          for (let i = 1; i < 60; i++) expect(sign * (scores[i] - scores[i - 1])).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stops early if the held-out loss no longer falls, and keeps the rounds up to its minimum', () => {
    const random = new Random(5);
    const noise = y.map(() => (random.uniform() < 0.5 ? 'low' : 'high'));
    const early = { nEstimators: 200, earlyStopping: true, refit: false, nIterNoChange: 5 };
    const stopped = new GradientBoostingClassifier(early).fit(x, noise);
    expect(stopped.nRounds).toBeLessThan(100);
    const other = new GradientBoostingClassifier({ ...early, seed: 1 }).fit(x, noise);
    expect(states([other])).not.toEqual(states([stopped]));
  });

  it('predicts rows with unknown categories and missing values', () => {
    const levels = y.map((label, row) => (row % 7 === 0 ? null : `${label} ${row % 3}`));
    const model = new GradientBoostingClassifier({ nEstimators: 5 }).fit(
      Table.fromColumns({ level: levels }),
      y,
    );
    const asked = Table.fromColumns({ level: ['low 1', 'high 1', null, 'never seen', '__proto__'] });
    const [, low] = model.predictProba(asked);
    expect(low[0] === low[1]).toBe(false);
    expect(low[3]).toBe(low[4]);
    expect(low.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('treats rare levels as missing if there are more levels than bins', () => {
    const levels = Array.from({ length: 1000 }, (_, row) => (row < 600 ? `often ${row % 2}` : `rare ${row}`));
    const labels = levels.map((level) => level === 'often 1');
    const model = new GradientBoostingClassifier({ nEstimators: 20 }).fit(
      Table.fromColumns({ levels }),
      labels,
    );
    expect(model.predict(Table.fromColumns({ levels: ['often 0', 'often 1'] }))).toEqual([false, true]);
  });

  it('treats a row of weight 2 like two rows, and ignores a row of weight 0', () => {
    const sampleWeight = y.map((_, row) => row % 3);
    const rows = y.flatMap((_, row) => Array.from({ length: row % 3 }, () => row));
    const options = { nEstimators: 5, learningRate: 0.1, randomStrength: 0 };
    const weighted = new GradientBoostingClassifier(options).fit(x, y, { sampleWeight });
    const repeated = new GradientBoostingClassifier(options).fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    const [a, b] = [logOdds(weighted, x), logOdds(repeated, x)];
    expect(Math.max(...a.map((score, row) => Math.abs(score - b[row])))).toBeLessThan(1e-9);
  });

  it.each<[string, Table, (number | string)[]]>([
    ['constant columns', Table.fromColumns({ a: [1, 1, 1, 1], b: [NaN, NaN, NaN, NaN] }), [0, 1, 0, 1]],
    ['one row per class', Table.fromColumns({ a: [1, 2] }), ['x', 'y']],
    [
      'more columns than rows',
      Table.fromMatrix([
        [1, 2, 3, 4],
        [4, 3, 2, 1],
        [0, 0, 1, 9],
      ]),
      [0, 1, 1],
    ],
    ['huge and tiny numbers', Table.fromColumns({ a: [-1.7e308, 1.7e308, 5e-324, 0] }), [0, 1, 0, 1]],
  ])('fits %s', (_, table, labels) => {
    const model = new GradientBoostingClassifier({ nEstimators: 3, minSamplesLeaf: 1 }).fit(table, labels);
    const restored = GradientBoostingClassifier.restore(
      new StateReader('', JSON.parse(JSON.stringify(model.state))),
    );
    expect(restored.predictProba(table)).toEqual(model.predictProba(table));
    expect(
      model
        .predictProba(table)
        .flat()
        .every((column) => column.every((p) => p >= 0 && p <= 1)),
    ).toBe(true);
  });

  it('predicts a probability close to 0 for a class without rows', () => {
    const labels = Labels.from(y, ['high', 'low', 'absent']);
    const model = new GradientBoostingClassifier({ nEstimators: 5 }).fit(x, labels);
    expect(Math.max(...model.predictProba(x)[2])).toBeLessThan(0.01);
  });

  it.each([{}, { nEstimators: 200 }, { nEstimators: 50 }])(
    'predicts seven noisy classes better than their shares, with %j',
    (options) => {
      const random = new Random('seven');
      const codes = Array.from({ length: 600 }, () => random.int(7));
      const table = Table.fromColumns(
        ['a', 'b', 'c', 'd'].map((name, j) => [
          name,
          Float64Array.from(codes, (code) => ((code >> j) & 1) + random.normal()),
        ]),
      );
      const half = Array.from({ length: 300 }, (_, row) => row);
      const model = new GradientBoostingClassifier(options).fit(table.take(half), codes.slice(0, 300));
      const p = model.predictProba(table.take(half.map((row) => row + 300)));
      const loss = half.reduce((sum, row) => sum - Math.log(p[codes[row + 300]][row]), 0) / 300;
      expect(loss).toBeLessThan(Math.log(7));
    },
  );

  it('separates separable classes', () => {
    const rows = Array.from({ length: 100 }, (_, row) => row);
    const table = Table.fromColumns({ a: Float64Array.from(rows) });
    const labels = rows.map((row) => row >= 30);
    expect(new GradientBoostingClassifier().fit(table, labels).predict(table)).toEqual(labels);
  });

  it.each<[GradientBoostingOptions, string]>([
    [{ nEstimators: 0 }, 'nEstimators: expected an integer of at least 1 or null, got 0'],
    [{ learningRate: 0 }, 'learningRate: expected a number above 0 or null, got 0'],
    [{ maxLeafNodes: 1 }, 'maxLeafNodes: expected an integer of at least 2, got 1'],
    [{ maxDepth: 0 }, 'maxDepth: expected an integer of at least 1 or null, got 0'],
    [{ minSamplesLeaf: 1.5 }, 'minSamplesLeaf: expected an integer of at least 1 or null, got 1.5'],
    [{ l2Regularization: -1 }, 'l2Regularization: expected a number of at least 0, got -1'],
    [{ growth: 'wide' as 'leaf' }, 'growth: expected one of leaf, depth, symmetric, got "wide"'],
    [{ monotone: { a: 2 as 1 } }, 'monotone: expected an object, each value one of -1, 0, 1, got {"a":2}'],
    [{ earlyStopping: 'yes' as unknown as boolean }, 'earlyStopping: expected true or false, got "yes"'],
    [{ validationFraction: 1 }, 'validationFraction: expected a number between 0 and 1, got 1'],
    [{ nIterNoChange: 0 }, 'nIterNoChange: expected an integer of at least 1 or null, got 0'],
    [{ tolerance: -1 }, 'tolerance: expected a number of at least 0, got -1'],
    [{ maxBins: 1 }, 'maxBins: expected an integer from 2 to 255, got 1'],
    [{ maxBins: 256 }, 'maxBins: expected an integer from 2 to 255, got 256'],
    [{ seed: NaN }, 'seed: expected a number, got NaN'],
  ])('rejects %j', (options, message) => {
    expect(() => new GradientBoostingClassifier(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('rejects monotone columns that are missing or not numeric, and more than two classes', () => {
    const fit = (monotone: GradientBoostingOptions['monotone'], labels: string[]) => () =>
      new GradientBoostingClassifier({ monotone }).fit(x.with({ level: y }), labels);
    expect(fit({ d: 1 }, y)).toThrow('column "d" is missing');
    expect(fit({ level: 1 }, y)).toThrow('column "level": expected numbers, got categories');
    expect(
      fit(
        { a: 1 },
        y.map((label, row) => (row % 3 ? label : 'mid')),
      ),
    ).toThrow('monotone: expected two classes, got 3');
  });

  it('rejects infinite values and tables without columns', () => {
    const fit = (table: Table) => () => new GradientBoostingClassifier().fit(table, [0, 1]);
    expect(fit(Table.fromColumns({ a: [1, Infinity] }))).toThrow(
      'column "a", row 1: expected a finite number or a missing value, got Infinity',
    );
    expect(fit(Table.fromColumns({}, 2))).toThrow('expected feature columns, got none');
  });
});

it('does not restore leaves and base scores whose sum is not finite', () => {
  const model = new GradientBoostingClassifier({ nEstimators: 3, minSamplesLeaf: 1 }).fit(
    Table.fromColumns({ a: [1, 2, 3, 4, 5, 6] }),
    ['p', 'q', 'r', 'p', 'q', 'r'],
  );
  const { leafValues } = model.boosted.trees.arrays;
  const restore = (leaves: Float64Array, baseScore: number) =>
    GradientBoostingClassifier.restore(
      new StateReader('Boosting', {
        ...model.state,
        baseScores: [baseScore, 0, 0],
        trees: { ...(model.state.trees as object), leafValues: packArray(leaves) },
      }),
    );
  expect(restore(leafValues, 0).nRounds).toBe(3);
  const refusal = expect.objectContaining({
    code: 'model-file',
    message: expect.stringContaining('"trees" to be trees whose leaf values have finite sums'),
  });
  expect(() =>
    restore(
      leafValues.map((_, leaf) => (leaf % 2 ? 1e308 : -1e308)),
      0,
    ),
  ).toThrow(refusal);
  const oneHuge = leafValues.map((_, leaf) => (leaf === 0 ? 1.5e308 : 0));
  expect(() => restore(oneHuge, 1e308)).toThrow(refusal);
});
