import { Labels, Random, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { DecisionTreeClassifier } from './decision-tree.js';
import { type MaxFeatures, nCompeting } from './max-features.js';
import { RandomForestClassifier, type RandomForestOptions } from './random-forest.js';

/** Rows of `nClasses` classes, three by default, with noise. */
function noisyRows(nRows: number, nClasses = 3, missing = 0) {
  const random = new Random('rows', nRows, nClasses);
  const centres = [0, 1.5, 3];
  const y = Array.from({ length: nRows }, (_, row) => row % nClasses);
  const column = (scale: number) =>
    Float64Array.from(y, (code) =>
      random.uniform() < missing ? NaN : scale * (centres[code] + random.normal()),
    );
  const x = Table.fromColumns({ a: column(1), b: column(100), noise: column(0), c: column(1e-6) });
  return { x, y: y.map((code) => ['high', 'low', 'mid'][code]) };
}

const { x, y } = noisyRows(60);

describe.each<RandomForestOptions>([
  { nEstimators: 7, seed: 3 },
  { nEstimators: 5, criterion: 'entropy', maxDepth: 3, minSamplesLeaf: 2, oobScore: true },
  { nEstimators: 4, bootstrap: false, maxFeatures: 0.5, minSamplesSplit: 5 },
])('RandomForestClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new RandomForestClassifier(options),
      others: [
        new RandomForestClassifier({ ...options, nEstimators: 3, maxDepth: 2 }),
        new RandomForestClassifier({ ...options, criterion: 'gini' }),
      ],
      restorable: RandomForestClassifier,
      x,
      y,
    }),
  )('$name', ({ run }) => run());
});

describe('DecisionTreeClassifier', () => {
  const two = noisyRows(50, 2);
  it.each(
    classifierConformance({
      classifier: new DecisionTreeClassifier({ maxDepth: 4 }),
      others: [new DecisionTreeClassifier({ maxDepth: 2 })],
      restorable: DecisionTreeClassifier,
      ...two,
    }),
  )('$name', ({ run }) => run());
});

describe('RandomForestClassifier', () => {
  const text = (model: { state: unknown }) => JSON.stringify(model.state);

  it('has the same first trees as a larger forest, and the same tops as deeper ones', () => {
    const settings: RandomForestOptions[] = [
      { nEstimators: 9, seed: 4 },
      { nEstimators: 4, seed: 4 },
      { nEstimators: 6, maxDepth: 2, seed: 4 },
      { nEstimators: 6, maxDepth: 1, seed: 4, oobScore: true },
      { nEstimators: 3, criterion: 'entropy', seed: 4 },
      { nEstimators: 3, maxBins: 5, seed: 4 },
    ];
    const specifications = settings.map((options) => new RandomForestClassifier(options));
    const together = specifications[0].fitMany(x, y, specifications);
    expect(together.map(text)).toEqual(specifications.map((specification) => text(specification.fit(x, y))));
    expect(new Set(together.map(text)).size).toBe(settings.length);
  });

  it('ignores rows of weight 0', () => {
    const sampleWeight = y.map((_, row) => (row % 4 === 0 ? 0 : 1));
    const rows = y.flatMap((_, row) => (row % 4 === 0 ? [] : [row]));
    const forest = new RandomForestClassifier({ nEstimators: 5 });
    const weighted = forest.fit(x, y, { sampleWeight });
    const without = forest.fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    expect(weighted.predict(x.take(rows))).toHaveLength(rows.length);
    expect(weighted.forest.trees.arrays.leafWeights.reduce((a, b) => a + b)).toBe(
      without.forest.trees.arrays.leafWeights.reduce((a, b) => a + b),
    );
  });

  it('without bootstrap a row of weight 2 counts as two rows', () => {
    const options = { nEstimators: 3, bootstrap: false, maxFeatures: 'all' } as const;
    const sampleWeight = y.map((_, row) => 1 + (row % 2));
    const rows = y.flatMap((_, row) => (row % 2 === 1 ? [row, row] : [row]));
    const weighted = new RandomForestClassifier(options).fit(x, y, { sampleWeight });
    const repeated = new RandomForestClassifier(options).fit(
      x.take(rows),
      rows.map((row) => y[row]),
    );
    expect(weighted.predictProba(x)).toEqual(repeated.predictProba(x));
  });

  it('has the out-of-bag score of the rows not sampled', () => {
    const noise = new Random(3);
    const random = y.map(() => (noise.uniform() < 0.5 ? 'a' : 'b'));
    const options = { nEstimators: 40, oobScore: true };
    const informed = new RandomForestClassifier(options).fit(x, y).forest.oobScore as number;
    const blind = new RandomForestClassifier(options).fit(x, random).forest.oobScore as number;
    expect(informed).toBeGreaterThan(0.5);
    expect(blind).toBeLessThan(0.75);
    // Nearly every row was used to grow some trees, so accuracy on training rows is too high.
    const forest = new RandomForestClassifier(options).fit(x, random);
    const seen = forest.predict(x).filter((label, row) => label === random[row]).length / random.length;
    expect(seen).toBeGreaterThan(blind + 0.1);
  });

  it('respects class weights', () => {
    const labels = y.map((label) => label === 'mid');
    const share = (classWeight?: RandomForestOptions['classWeight']) =>
      new RandomForestClassifier({ nEstimators: 10, maxDepth: 2, classWeight })
        .fit(x, labels)
        .predict(x)
        .filter(Boolean).length;
    expect(share({ true: 10 })).toBeGreaterThan(share());
    expect(share('balanced')).toBeGreaterThanOrEqual(share());
    expect(share({ true: 0.01 })).toBeLessThan(share());
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
    ['equal rows with opposite labels', Table.fromColumns({ a: [1, 1, 2, 2] }), [0, 1, 0, 1]],
    [
      'one row of a class among many',
      Table.fromColumns({ a: Float64Array.from({ length: 99 }, (_, i) => i) }),
      Array.from({ length: 99 }, (_, i) => Number(i === 50)),
    ],
  ])('learns from %s', (_, table, labels) => {
    const model = new RandomForestClassifier({ nEstimators: 4 }).fit(table, labels);
    expect(
      model
        .predictProba(table)
        .flat()
        .every((column) => column.every((p) => p >= 0 && p <= 1)),
    ).toBe(true);
  });

  it('separates separable classes, and missing values from others', () => {
    const table = Table.fromColumns({ a: [1, 2, NaN, 4, NaN, 6] });
    expect(new DecisionTreeClassifier().fit(table, [0, 0, 1, 0, 1, 0]).predict(table)).toEqual([
      0, 0, 1, 0, 1, 0,
    ]);
    expect(new DecisionTreeClassifier().fit(table, [0, 0, 0, 1, 0, 1]).predict(table)).toEqual([
      0, 0, 0, 1, 0, 1,
    ]);
  });

  it('predicts probability 0 for a class without rows', () => {
    const labels = Labels.from(y, ['high', 'low', 'mid', 'absent']);
    const model = new RandomForestClassifier({ nEstimators: 3 }).fit(x, labels);
    expect(model.predictProba(x)[3].every((p) => p === 0)).toBe(true);
  });

  it.each<[RandomForestOptions, string]>([
    [{ nEstimators: 0 }, 'nEstimators: expected an integer of at least 1, got 0'],
    [{ criterion: 'log_loss' as 'gini' }, 'criterion: expected one of gini, entropy, got "log_loss"'],
    [{ maxDepth: 0 }, 'maxDepth: expected an integer of at least 1 or null, got 0'],
    [{ minSamplesSplit: 1 }, 'minSamplesSplit: expected an integer of at least 2, got 1'],
    [{ minSamplesLeaf: 0.5 }, 'minSamplesLeaf: expected an integer of at least 1, got 0.5'],
    [{ maxBins: 300 }, 'maxBins: expected an integer from 2 to 255, got 300'],
    [{ seed: NaN }, 'seed: expected a number, got NaN'],
    [{ bootstrap: 1 as unknown as boolean }, 'bootstrap: expected true or false, got 1'],
    [{ bootstrap: false, oobScore: true }, 'oobScore: expected false if bootstrap is false, got true'],
    [
      { maxFeatures: 1.5 },
      'maxFeatures: expected one of sqrt, log2, all or an integer of at least 1, or a share between 0 and 1, got 1.5',
    ],
  ])('rejects %j', (options, message) => {
    expect(() => new RandomForestClassifier(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('names an infinite value, and rejects tables without columns', () => {
    const fit = (table: Table) => () => new RandomForestClassifier().fit(table, [0, 1]);
    expect(fit(Table.fromColumns({ a: [1, -Infinity] }))).toThrow(
      'column "a", row 1: expected a finite number or a missing value, got -Infinity',
    );
    expect(fit(Table.fromColumns({}, 2))).toThrow('expected feature columns, got none');
  });
});

describe('nCompeting', () => {
  it.each<[MaxFeatures, number, number]>([
    ['sqrt', 19, 4],
    ['log2', 19, 4],
    ['all', 19, 19],
    [0.5, 19, 9],
    [0.01, 19, 1],
    [3, 19, 3],
    [30, 19, 19],
    ['sqrt', 1, 1],
    ['log2', 1, 1],
  ])('of %p of %i features is %i', (maxFeatures, nFeatures, expected) => {
    expect(nCompeting(maxFeatures, nFeatures)).toBe(expected);
  });
});
