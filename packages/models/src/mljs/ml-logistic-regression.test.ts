import { Labels, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import LogisticRegression from 'ml-logistic-regression';
import { Matrix } from 'ml-matrix';
import data from '../../test/reference/scikit_learn.json';
import {
  MlLogisticRegression,
  type MlLogisticRegressionEngine,
  type MlLogisticRegressionOptions,
} from './ml-logistic-regression.js';

const { x: rows, y } = data.data[0];
const x = Table.fromMatrix(rows);
const engine = { LogisticRegression, Matrix };
const three = rows.map(([a, b]) => (a > 0.5 ? 2 : b > 0 ? 1 : 0));

describe('MlLogisticRegression', () => {
  it.each(
    classifierConformance({
      classifier: new MlLogisticRegression({ engine, numSteps: 50, learningRate: 1e-2 }),
      restorable: MlLogisticRegression,
      x,
      y: y.map((code) => (code === 1 ? 'leaves' : 'stays')),
      refusesWeights: true,
    }),
  )('$name', ({ run }) => run());

  it.each([y, three])('predicts what the library predicts on a table with a column of ones', (...codes) => {
    const own = new LogisticRegression({ numSteps: 100, learningRate: 2e-3 });
    const withOnes = new Matrix(rows.map((row) => [...row, 1]));
    own.train(withOnes, Matrix.columnVector(codes));
    const model = new MlLogisticRegression({ engine, numSteps: 100, learningRate: 2e-3 }).fit(x, codes);
    expect(model.predict(x)).toEqual(own.predict(withOnes));
    model.state.models.forEach(({ code, coefficients, intercept }) => {
      const theirs = own.classifiers[code].weights.to1DArray();
      expect([...coefficients, intercept]).toEqual(theirs.map((weight) => -weight));
    });
  });

  it('makes the first step from zero along the gradient', () => {
    const table = Table.fromColumns({ a: [2, -4] });
    const model = new MlLogisticRegression({ engine, numSteps: 1, learningRate: 0.5 }).fit(table, ['n', 'p']);
    // All probabilities start at 1/2: the step of class p is 0.5 (-2 / 2 - 4 / 2) = -1.5, and 0 for the intercept.
    expect(model.state.models).toEqual([
      { code: 0, coefficients: [1.5], intercept: 0 },
      { code: 1, coefficients: [-1.5], intercept: 0 },
    ]);
    expect(model.predictProba(table)[1][1]).toBeCloseTo(1 / (1 + Math.exp(-6)), 12);
  });

  it('divides the probabilities of one class against the others by their sum', () => {
    const model = new MlLogisticRegression({ engine, numSteps: 100, learningRate: 1e-2 }).fit(x, three);
    const alone = model.state.models.map(({ coefficients, intercept }) =>
      rows.map(
        (row) => 1 / (1 + Math.exp(-row.reduce((z, value, j) => z + value * coefficients[j], intercept))),
      ),
    );
    model.predictProba(x).forEach((column, k) => {
      column.forEach((p, row) => {
        expect(p).toBeCloseTo(alone[k][row] / (alone[0][row] + alone[1][row] + alone[2][row]), 12);
      });
    });
  });

  it('has no intercept with fitIntercept: false', () => {
    const options = { numSteps: 10, fitIntercept: false };
    const { state } = new MlLogisticRegression({ engine, ...options }).fit(x, y);
    expect(state.models.map(({ intercept }) => intercept)).toEqual([0, 0]);
    const own = new LogisticRegression({ numSteps: 10 });
    own.train(new Matrix(rows), Matrix.columnVector(y));
    expect(state.models[0].coefficients).toEqual(own.classifiers[0].weights.to1DArray().map((w) => -w));
  });

  it('predicts probability 0 for a class without rows, and the same for the others as without it', () => {
    const labels = Labels.from(
      y.map((code) => (code === 1 ? 'c' : 'a')),
      ['a', 'b', 'c'],
    );
    const fit = (y: Labels | number[]) =>
      new MlLogisticRegression({ engine, numSteps: 20 }).fit(x, y).predictProba(x);
    const [a, c] = fit(y);
    expect(fit(labels)).toEqual([a, new Float64Array(x.nRows), c]);
  });

  it('predicts equal probabilities if all underflow', () => {
    const state = {
      classes: ['a', 'b'],
      features: ['x'],
      models: [
        { code: 0, coefficients: [-1000], intercept: 0 },
        { code: 1, coefficients: [-1000], intercept: 0 },
      ],
    };
    const model = MlLogisticRegression.restore(new StateReader('', state));
    expect(model.predictProba(Table.fromColumns({ x: [1] }))).toEqual([
      Float64Array.of(0.5),
      Float64Array.of(0.5),
    ]);
  });

  it('reports diverging steps', () => {
    const wild = Table.fromColumns({ a: [1e200, -1e200, 1e200, 1e200] });
    const model = new MlLogisticRegression({ engine, numSteps: 5, learningRate: 1e150 });
    expect(() => model.fit(wild, [0, 1, 0, 1])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message: expect.stringContaining('lower learningRate'),
      }),
    );
  });

  it('fits an intercept alone to a table without columns, and nothing without it', () => {
    const none = Table.fromColumns({}, 4);
    const model = new MlLogisticRegression({ engine, learningRate: 0.5 }).fit(none, [1, 1, 1, 0]);
    expect(model.predictProba(none)[1][0]).toBeCloseTo(0.75, 10);
    expect(() => new MlLogisticRegression({ engine, fitIntercept: false }).fit(none, [1, 1, 1, 0])).toThrow(
      expect.objectContaining({ code: 'invalid-data' }),
    );
  });

  it.each<[Partial<MlLogisticRegressionOptions>, string]>([
    [{ numSteps: 0 }, 'numSteps: expected an integer of at least 1, got 0'],
    [{ learningRate: 0 }, 'learningRate: expected a number above 0, got 0'],
    [{ fitIntercept: 1 as unknown as boolean }, 'fitIntercept: expected true or false, got 1'],
  ])('rejects %j', (options, message) => {
    expect(() => new MlLogisticRegression({ engine, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it.each<[unknown, string]>([
    [undefined, 'and the class of "ml-matrix", got undefined'],
    [{ LogisticRegression: Matrix, Matrix }, 'got {"LogisticRegression":"the function or class Matrix"'],
    [{ LogisticRegression }, 'got {"LogisticRegression":"the function or class LogisticRegression"}'],
  ])('rejects an invalid engine', (received, message) => {
    expect(() => new MlLogisticRegression({ engine: received as MlLogisticRegressionEngine })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it.each([{ models: [] }, { features: [] }, { classes: ['a'] }, { models: [{ code: 0 }] }])(
    'does not restore a state with %j',
    (change) => {
      const { state } = new MlLogisticRegression({ engine, numSteps: 5 }).fit(x, y);
      expect(() => MlLogisticRegression.restore(new StateReader('', { ...state, ...change }))).toThrow(
        expect.objectContaining({ code: 'model-file' }),
      );
    },
  );
});
