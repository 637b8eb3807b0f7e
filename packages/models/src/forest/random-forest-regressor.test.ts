import { type JsonObject, packArray, Random, StateReader, Table } from '@churn/core';
import { regressorConformance } from '@churn/core/testing';
import { setThreads } from '../threads/max-threads.js';
import { DecisionTreeRegressor } from './decision-tree-regressor.js';
import { inBag } from './draw-tree.js';
import { ExtraTreesRegressor } from './extra-trees-regressor.js';
import { RandomForestRegressor, type RandomForestRegressorOptions } from './random-forest-regressor.js';

/** Rows with noise, ties and, if requested, missing values. */
function noisyRows(nRows: number, gaps = 0) {
  const random = new Random('amounts', nRows);
  const draw = (round: number) =>
    Float64Array.from({ length: nRows }, () => Math.round(random.normal() * round) / round);
  const [a, b, noise] = [draw(100), draw(4), draw(100)];
  const y = a.map((value, row) => Math.round(100 * (3 * value + b[row] * b[row] + random.normal())) / 100);
  const missing = (column: Float64Array) => column.map((value) => (random.uniform() < gaps ? NaN : value));
  return { x: Table.fromColumns({ a: missing(a), b: missing(b), noise }), y };
}

const { x, y } = noisyRows(80);
const Models = [DecisionTreeRegressor, RandomForestRegressor, ExtraTreesRegressor] as const;

describe.each<RandomForestRegressorOptions>([
  { nEstimators: 7, seed: 3 },
  { nEstimators: 5, maxDepth: 3, minSamplesLeaf: 2, oobScore: true },
  { nEstimators: 4, bootstrap: false, maxFeatures: 0.5, minSamplesSplit: 5 },
])('RandomForestRegressor with %j', (options) => {
  it.each(
    regressorConformance({
      regressor: new RandomForestRegressor(options),
      others: [
        new RandomForestRegressor({ ...options, nEstimators: 3, maxDepth: 2 }),
        new RandomForestRegressor({ ...options, maxBins: 9 }),
      ],
      restorable: RandomForestRegressor,
      x,
      y,
    }),
  )('$name', ({ run }) => run());
});

describe.each([
  [
    'DecisionTreeRegressor',
    new DecisionTreeRegressor({ maxDepth: 4 }),
    new DecisionTreeRegressor({ maxDepth: 2 }),
  ],
  [
    'ExtraTreesRegressor',
    new ExtraTreesRegressor({ nEstimators: 6 }),
    new ExtraTreesRegressor({ nEstimators: 2 }),
  ],
] as const)('%s', (_, regressor, other) => {
  const restorable = regressor instanceof DecisionTreeRegressor ? DecisionTreeRegressor : ExtraTreesRegressor;
  it.each(regressorConformance({ regressor, others: [other], restorable, x, y }))('$name', ({ run }) =>
    run(),
  );
});

describe.each(Models)('%p', (Model) => {
  const options =
    Model === DecisionTreeRegressor ? { seed: 2 } : { seed: 2, nEstimators: 4, bootstrap: false };
  const make = (more = {}) => new Model({ ...options, ...more });

  it.each([{ minSamplesLeaf: 1 }, { minSamplesLeaf: 3, maxFeatures: 2 }, { criterion: 'poisson' }])(
    'counts a row of weight 2 as two rows, with %j',
    (more) => {
      const amounts = y.map(Math.abs);
      const sampleWeight = amounts.map((_, row) => 1 + (row % 2));
      const rows = Array.from(amounts).flatMap((_, row) => (row % 2 === 1 ? [row, row] : [row]));
      // Two rows may form a leaf that one row of weight 2 may not.
      const rest = { ...more, minSamplesLeaf: 1 };
      const weighted = make(rest).fit(x, amounts, { sampleWeight });
      const repeated = make(rest).fit(
        x.take(rows),
        rows.map((row) => amounts[row]),
      );
      expect(weighted.predict(x)).toEqual(repeated.predict(x));
    },
  );

  it('is invariant to the order of the rows', () => {
    const order = new Random(4).shuffle(Array.from(y.keys()));
    const shuffled = make().fit(
      x.take(order),
      order.map((row) => y[row]),
    );
    expect(shuffled.state).toEqual(make().fit(x, y).state);
  });

  it('is equivariant to shifts and scales of the target', () => {
    const plain = make().fit(x, y).predict(x);
    for (const [factor, shift] of [
      [8, 0],
      [1, 1024],
      [-0.37, 1e6],
      [1e200, 0],
      [1e-200, 0],
    ]) {
      const moved = make()
        .fit(
          x,
          y.map((amount) => factor * amount + shift),
        )
        .predict(x);
      const size = Math.abs(shift) + 10 * Math.abs(factor);
      moved.forEach((amount, row) => {
        expect(Math.abs(amount - (factor * plain[row] + shift))).toBeLessThan(1e-13 * size);
      });
    }
  });

  it('ignores rows of weight 0, and the unit of weights', () => {
    const sampleWeight = y.map((_, row) => (row % 4 === 0 ? 0 : 1 + (row % 3) / 2));
    const rows = Array.from(y.keys()).filter((row) => sampleWeight[row] > 0);
    const weighted = make().fit(x, y, { sampleWeight }).predict(x);
    const without = make().fit(
      x.take(rows),
      rows.map((row) => y[row]),
      { sampleWeight: rows.map((row) => sampleWeight[row]) },
    );
    expect(without.predict(x)).toEqual(weighted);
    const heavier = sampleWeight.map((weight) => weight * 2 ** 60);
    expect(make().fit(x, y, { sampleWeight: heavier }).predict(x)).toEqual(weighted);
  });

  it('reproduces the targets of distinguishable rows, including missing values', () => {
    const table = Table.fromColumns({ a: [1, 2, NaN, 4, NaN, 6] });
    expect(make().fit(table, [1, 1, 7, 2, 7, 3]).predict(table)).toEqual(Float64Array.of(1, 1, 7, 2, 7, 3));
  });

  it.each<[string, Table, number[], number[]]>([
    ['a constant target', Table.fromColumns({ a: [1, 2, 3] }), [0.1, 0.1, 0.1], [0.1, 0.1, 0.1]],
    [
      'constant columns',
      Table.fromColumns({ a: [1, 1, 1, 1], b: [NaN, NaN, NaN, NaN] }),
      [0, 1, 0, 1],
      Array(4).fill(0.5),
    ],
    ['one row', Table.fromColumns({ a: [3] }), [12.5], [12.5]],
    ['the largest numbers', Table.fromColumns({ a: [1, 2] }), [-1e300, 1e300], [-1e300, 1e300]],
  ])('learns from %s', (_, table, amounts, expected) => {
    const predicted = make().fit(table, amounts).predict(table);
    expected.forEach((amount, row) => {
      expect(Math.abs(predicted[row] - amount)).toBeLessThanOrEqual(1e-15 * Math.abs(amount));
    });
  });

  it('has exact attributions: contributions add up to the prediction', () => {
    const { x: gappy, y: amounts } = noisyRows(70, 0.1);
    const model = make({ maxDepth: 5 }).fit(gappy, amounts);
    const { unit, outputs } = model.attributions(gappy);
    expect([unit, outputs.length]).toEqual(['amount', 1]);
    model.predict(gappy).forEach((amount, row) => {
      const [{ baseline, contributions }] = outputs;
      const sum = contributions.reduce((total, ofFeature) => total + ofFeature[row], baseline);
      expect(sum).toBeCloseTo(amount, 10);
    });
  });

  it.each<[object, number[], string]>([
    [{}, [1, NaN, 2], 'row 1: expected a finite number, got null'],
    [{}, [1, 2, 1e301], 'row 2: expected a target value of at most 1e+300 in absolute value, got 1e+301'],
    [
      { criterion: 'poisson' },
      [1, 2, -3],
      "row 2: expected a target value of at least 0 for criterion 'poisson', got -3",
    ],
  ])('with %j rejects the target %j', (more, amounts, message) => {
    const table = Table.fromColumns({ a: [1, 2, 3] });
    expect(() => make(more).fit(table, amounts)).toThrow(
      expect.objectContaining({ code: 'invalid-target', message }),
    );
  });

  it('rejects infinite values, and tables without columns or rows', () => {
    const fit = (table: Table, amounts: number[]) => () => make().fit(table, amounts);
    expect(fit(Table.fromColumns({ a: [1, -Infinity] }), [1, 2])).toThrow(
      'column "a", row 1: expected a finite number or a missing value, got -Infinity',
    );
    expect(fit(Table.fromColumns({}, 2), [1, 2])).toThrow('expected feature columns, got none');
    expect(fit(Table.fromColumns({ a: [] }), [])).toThrow('no rows');
  });
});

it('poisson trees of only zeros predict 0, and otherwise no leaf has only zeros', () => {
  const table = Table.fromColumns({ a: [1, 2, 3, 4] });
  const tree = new DecisionTreeRegressor({ criterion: 'poisson' });
  expect(tree.fit(table, [0, 0, 0, 0]).predict(table)).toEqual(new Float64Array(4));
  expect(tree.fit(table, [0, 0, 0, 2]).predict(table)).toEqual(new Float64Array(4).fill(0.5));
});

describe('RandomForestRegressor', () => {
  const text = (model: { state: unknown }) => JSON.stringify(model.state);

  it('has the same first trees as a larger forest, and the same tops as deeper ones', () => {
    const settings: RandomForestRegressorOptions[] = [
      { nEstimators: 9, seed: 4 },
      { nEstimators: 4, seed: 4 },
      { nEstimators: 6, maxDepth: 2, seed: 4 },
      { nEstimators: 6, maxDepth: 1, seed: 4, oobScore: true },
      { nEstimators: 3, minSamplesLeaf: 2, seed: 4 },
    ];
    const specifications = settings.map((options) => new RandomForestRegressor(options));
    const together = specifications[0].fitMany(x, y, specifications);
    expect(together.map(text)).toEqual(specifications.map((specification) => text(specification.fit(x, y))));
    expect(new Set(together.map(text)).size).toBe(settings.length);
  });

  it('is the same for 1, 2 and 3 threads', () => {
    const many = noisyRows(8000, 0.05);
    const options = { nEstimators: 40, maxDepth: 5, oobScore: true };
    const states = [1, 2, 3].map((nJobs) =>
      text(new RandomForestRegressor({ ...options, nJobs }).fit(many.x, many.y)),
    );
    setThreads(2);
    states.push(text(new RandomForestRegressor(options).fit(many.x, many.y)));
    setThreads(null);
    expect(new Set(states).size).toBe(1);
  });

  it('has the out-of-bag r² computed by hand', () => {
    const amounts = [1, 2, 4, 8, 16, 32, 64];
    const sampleWeight = [1, 2, 1, 1, 3, 1, 1];
    const forest = new RandomForestRegressor({ nEstimators: 3, oobScore: true, seed: 6 });
    const constant = Table.fromColumns({ constant: new Float64Array(amounts.length) });
    const bags = [0, 1, 2].map((tree) => inBag(forest.options, tree, Float64Array.from(sampleWeight)));
    const told = amounts.flatMap((amount, row) => {
      const means = bags
        .filter((bag) => bag[row] === 0)
        .map(
          (bag) => bag.reduce((sum, w, i) => sum + w * amounts[i], 0) / bag.reduce((sum, w) => sum + w, 0),
        );
      const mean = means.reduce((sum, each) => sum + each, 0) / means.length;
      return means.length > 0 ? [{ amount, mean, weight: sampleWeight[row] }] : [];
    });
    expect(told.length).toBeGreaterThan(2);
    const total = told.reduce((sum, { weight }) => sum + weight, 0);
    const middle = told.reduce((sum, { amount, weight }) => sum + weight * amount, 0) / total;
    const squares = (from: (one: (typeof told)[number]) => number) =>
      told.reduce((sum, one) => sum + one.weight * (one.amount - from(one)) ** 2, 0);
    const expected = 1 - squares(({ mean }) => mean) / squares(() => middle);
    expect(forest.fit(constant, amounts, { sampleWeight }).forest.oobScore).toBeCloseTo(expected, 12);
  });

  it('has an r² of 1 or 0 for a constant target, and none if all trees used all rows', () => {
    const table = Table.fromColumns({ a: [1, 2, 3, 4] });
    const score = (amounts: number[], seed = 0) =>
      new RandomForestRegressor({ nEstimators: 1, oobScore: true, seed }).fit(table, amounts).forest.oobScore;
    expect(score([5, 5, 5, 5])).toBe(1);
    const one = Table.fromColumns({ a: [1] });
    expect(new RandomForestRegressor({ oobScore: true }).fit(one, [3]).forest.oobScore).toBeNull();
    const huge = score([-1e300, 1e300, -1e300, 1e300]) as number;
    expect(huge).toBeLessThanOrEqual(1);
    expect(huge).toBeGreaterThan(-Infinity);
  });

  it('fits a signal, and ranks its columns', () => {
    const many = noisyRows(600);
    const forest = new RandomForestRegressor({ nEstimators: 40, oobScore: true }).fit(many.x, many.y);
    expect(forest.forest.oobScore).toBeGreaterThan(0.8);
    const [a, b, noise] = forest.importances();
    expect(a).toBeGreaterThan(b);
    expect(b).toBeGreaterThan(noise);
  });

  it.each<[RandomForestRegressorOptions, string]>([
    [{ criterion: 'gini' as 'poisson' }, 'criterion: expected one of squaredError, poisson, got "gini"'],
    [{ bootstrap: false, oobScore: true }, 'oobScore: expected false if bootstrap is false, got true'],
  ])('rejects %j', (options, message) => {
    expect(() => new RandomForestRegressor(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });
});

describe('a state', () => {
  const fitted = new RandomForestRegressor({ nEstimators: 3, oobScore: true }).fit(x, y);
  const restore = (state: JsonObject) => RandomForestRegressor.restore(new StateReader('', state));
  const { leafValues } = fitted.forest.trees.arrays;
  const trees = fitted.state.trees as JsonObject;

  it.each<[string, JsonObject]>([
    [
      'a value beyond the target range',
      { trees: { ...trees, leafValues: packArray(leafValues.map(() => 2e300)) } },
    ],
    [
      'a value that is not a number',
      { trees: { ...trees, leafValues: packArray(leafValues.map(() => NaN)) } },
    ],
    ['an r² above 1', { oobScore: 1.5 }],
    ['importances beyond 1', { importances: [0.9, 0.9, 0.9] }],
    ['a missing importance', { importances: [0.5, 0.5] }],
    ['no trees', { trees: { ...trees, nodesPerTree: packArray(new Int32Array(0)) } }],
  ])('with %s is rejected', (_, part) => {
    expect(() => restore({ ...fitted.state, ...part })).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });

  it('with an r² below 0 is accepted', () => {
    expect(restore({ ...fitted.state, oobScore: -3 }).forest.oobScore).toBe(-3);
  });
});
