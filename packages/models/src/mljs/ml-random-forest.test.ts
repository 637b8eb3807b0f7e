import { Labels, packArray, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import { RandomForestClassifier } from 'ml-random-forest';
import data from '../../test/reference/scikit_learn.json';
import { MlRandomForest, type MlRandomForestEngine, type MlRandomForestOptions } from './ml-random-forest.js';

const { x: rows, y } = data.data[0];
const x = Table.fromMatrix(rows);

/** The library's forest with the same settings. */
function own(options: object, codes: number[], table = rows) {
  const forest = new RandomForestClassifier({ nEstimators: 9, seed: 5, noOOB: true, ...options });
  forest.train(table, codes);
  const votes = forest.predictionValues(table);
  return { predicted: forest.predict(table), votesOf: (row: number) => votes.getRow(row) };
}

describe('MlRandomForest', () => {
  it.each(
    classifierConformance({
      classifier: new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 5, minNumSamples: 1 }),
      restorable: MlRandomForest,
      x: x.take(Int32Array.from({ length: 40 }, (_, row) => row)),
      y: y.slice(0, 40).map((code) => (code === 1 ? 'leaves' : 'stays')),
      refusesWeights: true,
    }),
  )('$name', ({ run }) => run());

  const three = rows.map(([a, b]) => (a > 0.5 ? 2 : b > 0 ? 1 : 0));

  it.each<[Partial<MlRandomForestOptions>, object]>([
    [{}, {}],
    [
      { maxFeatures: 'sqrt', replacement: false },
      { maxFeatures: 2, replacement: false },
    ],
    [{ maxFeatures: 0.5 }, { maxFeatures: 3 }],
    [
      { bootstrap: false, maxDepth: 2 },
      { useSampleBagging: false, treeOptions: { maxDepth: 2 } },
    ],
    [
      { minNumSamples: 10, gainThreshold: 0.05, seed: -3 },
      { seed: -3, treeOptions: { minNumSamples: 10, gainThreshold: 0.05 } },
    ],
  ])('predicts what the library predicts, with %j', (options, theirOptions) => {
    for (const codes of [y, three]) {
      const theirs = own(theirOptions, codes);
      const model = new MlRandomForest({
        engine: RandomForestClassifier,
        nEstimators: 9,
        seed: 5,
        ...options,
      }).fit(x, codes);
      const shares = model.predictProba(x);
      const predicted = model.predict(x);
      for (let row = 0; row < rows.length; row++) {
        const votes = theirs.votesOf(row);
        const expected = model.classes.map((_, k) => votes.filter((vote) => vote === k).length / 9);
        expect(shares.map((share) => share[row])).toEqual(expected);
        const most = expected.filter((share) => share === Math.max(...expected)).length;
        // In a tie, the library predicts the class that got its votes first.
        if (most === 1) expect(predicted[row]).toBe(theirs.predicted[row]);
        else expect(predicted[row]).toBe(expected.indexOf(Math.max(...expected)));
      }
    }
  });

  it('splits halfway between the classes with one tree on all rows', () => {
    const table = Table.fromColumns({ a: [1, 2, 3, 7, 8, 9] });
    const options = { nEstimators: 1, bootstrap: false, minNumSamples: 1 };
    const model = new MlRandomForest({ engine: RandomForestClassifier, ...options }).fit(table, [
      ...'llluuu',
    ]);
    expect(model.predict(Table.fromColumns({ a: [4.99, 5, 5.01] }))).toEqual(['l', 'u', 'u']);
  });

  it('counts the vote of the first tree, which the library does not', () => {
    const forest = new RandomForestClassifier({ nEstimators: 9, seed: 5, noOOB: true });
    forest.train(rows, y);
    const theirs = forest.predictProbability(rows, 1);
    const votes = forest.predictionValues(rows);
    const [, ours] = new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 9, seed: 5 })
      .fit(x, y)
      .predictProba(x);
    let differ = 0;
    ours.forEach((share, row) => {
      // The library's sum starts with the label of the first tree, as a millionth, instead of its vote.
      const first = votes.getRow(row)[0];
      if (first === 1) differ++;
      expect(theirs[row]).toBeCloseTo(first === 1 ? share - 1 / 9 + 1e-6 : share, 5);
    });
    expect(differ).toBeGreaterThan(10);
  });

  it('treats 1 as one feature, unlike the library, which treats it as all', () => {
    const options = { nEstimators: 20, maxFeatures: 1, bootstrap: false };
    const theirs = own({ nEstimators: 20, maxFeatures: 1.5 / 6, useSampleBagging: false, seed: 0 }, y);
    const model = new MlRandomForest({ engine: RandomForestClassifier, ...options }).fit(x, y);
    expect(model.predictProba(x)[1][3]).toBe(theirs.votesOf(3).reduce((sum, vote) => sum + vote) / 20);
    const trees = new StateReader('', model.state);
    const [nodes, roots] = [trees.packed('columns', Int32Array), trees.packed('roots', Int32Array)];
    roots.forEach((root, tree) => {
      const used = nodes.slice(root, roots[tree + 1]).filter((column) => column >= 0);
      expect(new Set(used).size).toBeLessThanOrEqual(1);
    });
  });

  it('keeps a class without rows, with probability 0', () => {
    const labels = Labels.from(
      y.map((code) => (code === 1 ? 'c' : 'a')),
      ['a', 'b', 'c'],
    );
    const [, b, c] = new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 5 })
      .fit(x, labels)
      .predictProba(x);
    expect(b.every((p) => p === 0)).toBe(true);
    expect(c.some((p) => p > 0.5)).toBe(true);
  });

  it('grows different trees with another seed', () => {
    const fit = (seed: number) =>
      new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 3, seed }).fit(x, y).state;
    expect(fit(1)).not.toEqual(fit(2));
  });

  it.each<[Partial<MlRandomForestOptions>, string]>([
    [{ nEstimators: 0 }, 'nEstimators: expected an integer of at least 1, got 0'],
    [{ maxFeatures: 1.5 }, 'maxFeatures: expected'],
    [{ replacement: 1 as unknown as boolean }, 'replacement: expected true or false, got 1'],
    [{ bootstrap: 0 as unknown as boolean }, 'bootstrap: expected true or false, got 0'],
    [{ maxDepth: 0 }, 'maxDepth: expected an integer of at least 1 or null, got 0'],
    [{ minNumSamples: 0.5 }, 'minNumSamples: expected an integer of at least 1, got 0.5'],
    [{ gainThreshold: -1 }, 'gainThreshold: expected a number of at least 0 and below 1, got -1'],
    [{ seed: 0.5 }, 'seed: expected an integer, got 0.5'],
  ])('rejects %j', (options, message) => {
    expect(() => new MlRandomForest({ engine: RandomForestClassifier, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it.each([undefined, {}, class {}])('rejects an invalid engine', (engine) => {
    expect(() => new MlRandomForest({ engine: engine as MlRandomForestEngine })).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: expect.stringContaining(
          'engine: expected RandomForestClassifier of "ml-random-forest", got',
        ),
      }),
    );
  });

  it('rejects a table without columns', () => {
    expect(() =>
      new MlRandomForest({ engine: RandomForestClassifier }).fit(Table.fromColumns({}, 2), [0, 1]),
    ).toThrow(expect.objectContaining({ code: 'invalid-data' }));
  });

  it.each(['columns', 'thresholds', 'rightChildren', 'roots', 'features', 'classes'])(
    'does not restore a state with other %s',
    (field) => {
      const { state } = new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 2 }).fit(x, y);
      const change = { [field]: field === 'features' || field === 'classes' ? [] : '' };
      expect(() => MlRandomForest.restore(new StateReader('', { ...state, ...change }))).toThrow(
        expect.objectContaining({ code: 'model-file' }),
      );
    },
  );

  it('does not restore trees with cycles', () => {
    const { state } = new MlRandomForest({ engine: RandomForestClassifier, nEstimators: 2 }).fit(x, y);
    const children = new StateReader('', state).packed('rightChildren', Int32Array);
    const circle = {
      ...state,
      rightChildren: btoa(String.fromCharCode(...new Uint8Array(children.fill(0).buffer))),
    };
    expect(() => MlRandomForest.restore(new StateReader('', circle))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });

  it.each<[string, object]>([
    ['leaves the tree', { rightChildren: packArray(Int32Array.of(3, 0, 0, 0)) }],
    ['shares a child', { rightChildren: packArray(Int32Array.of(1, 0, 0, 0)) }],
    ['begins within a tree', { roots: packArray(Int32Array.of(0, 1)) }],
    ['has no end', { columns: packArray(Int32Array.of(0, -1, 0, 0)) }],
    ['uses a missing feature', { columns: packArray(Int32Array.of(9, -1, -1, -1)) }],
    ['votes for a missing class', { columns: packArray(Int32Array.of(0, -9, -1, -1)) }],
    ['has a threshold that is not a number', { thresholds: packArray(Float64Array.of(NaN, 0, 0, 0)) }],
    ['is missing', { roots: packArray(new Int32Array(0)) }],
    ['has a feature twice', { features: ['a', 'a'] }],
  ])('does not restore a tree that %s', (_, change) => {
    const state = {
      classes: ['p', 'q'],
      features: ['a', 'b'],
      columns: packArray(Int32Array.of(0, -1, -2, -1)),
      thresholds: packArray(new Float64Array(4)),
      rightChildren: packArray(Int32Array.of(2, 0, 0, 0)),
      roots: packArray(Int32Array.of(0, 3)),
    };
    const restore = (given: object) => MlRandomForest.restore(new StateReader('MlRandomForest', given));
    expect(restore(state).state).toEqual(state);
    expect(() => restore({ ...state, ...change })).toThrow(expect.objectContaining({ code: 'model-file' }));
  });
});
