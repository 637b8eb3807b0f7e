import { Labels, Random, StateReader, stratifiedFolds, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import SVM from 'libsvm-js/asm.js';
import data from '../../test/reference/scikit_learn.json';
import { CalibratedClassifier } from '../calibration/calibrated-classifier.js';
import { plattScaling, sigmoidValues } from '../calibration/platt-scaling.js';
import { type LibsvmEngine, LibsvmSvc, type LibsvmSvcOptions } from './libsvm-svc.js';

const { x: rows, y } = data.data[0];
const x = Table.fromMatrix(rows);

describe('LibsvmSvc', () => {
  it.each(
    classifierConformance({
      classifier: new LibsvmSvc({ engine: SVM }),
      restorable: LibsvmSvc,
      x,
      y: y.map((code) => (code === 1 ? 'leaves' : 'stays')),
      refusesWeights: true,
    }),
  )('$name', ({ run }) => run());

  it.each<[Partial<LibsvmSvcOptions>, object]>([
    [{ gamma: 'auto' }, { kernel: '2', cost: 1, gamma: 1 / 6 }],
    [
      { C: 10, gamma: 0.3 },
      { kernel: '2', cost: 10, gamma: 0.3 },
    ],
    [{ kernel: 'linear' }, { kernel: '0' }],
    [
      { kernel: 'poly', degree: 2, coef0: 1, gamma: 0.5, shrinking: false },
      { kernel: '1', degree: 2, coef0: 1, gamma: 0.5, shrinking: false },
    ],
    [
      { kernel: 'sigmoid', gamma: 0.1 },
      { kernel: '3', gamma: 0.1 },
    ],
    [
      { gamma: 0.1, classWeight: { 1: 5 } },
      { gamma: 0.1, weight: { 0: 1, 1: 5 } },
    ],
    [
      { gamma: 0.1, tolerance: 0.5, cacheSize: 1 },
      { gamma: 0.1, tolerance: 0.5, cacheSize: 1 },
    ],
  ])('predicts what the library predicts, with %j', (options, theirOptions) => {
    // The positive class of the library is that of the first row.
    for (const first of [0, 1]) {
      const order = [y.indexOf(first), ...y.keys()];
      const own = new SVM({ type: '0', quiet: true, ...theirOptions });
      const table = order.map((row) => rows[row]);
      const codes = order.map((row) => y[row]);
      own.train(table, codes);
      const model = new LibsvmSvc({ engine: SVM, ...options, probability: false }).fit(x.take(order), codes);
      expect(model.predict(x)).toEqual(own.predict(rows));
      const nVectors = own.getSVIndices().length;
      own.free();
      const state = new StateReader('', model.state);
      expect(state.packed('dualCoefficients', Float64Array).length).toBe(nVectors);
    }
  });

  it('has the boundary of two points halfway, at a distance of one margin each', () => {
    const table = Table.fromColumns({ a: [1, 3], b: [5, 5] });
    const model = new LibsvmSvc({ engine: SVM, kernel: 'linear', C: 10 }).fit(table, ['no', 'yes']);
    // w = (1, 0), b = -2: α = 1/2 at both points.
    expect(
      Array.from(model.decisionFunction(Table.fromColumns({ a: [1, 2, 3, 5], b: [5, 0, 5, 9] }))[0]),
    ).toEqual([expect.closeTo(-1, 5), expect.closeTo(0, 5), expect.closeTo(1, 5), expect.closeTo(3, 5)]);
    const state = new StateReader('', model.state);
    expect(state.packed('dualCoefficients', Float64Array)).toEqual(Float64Array.of(-0.5, 0.5));
  });

  it("satisfies the conditions of the optimum (Karush, Kuhn and Tucker) within libsvm's tolerance", () => {
    const C = 2;
    const model = new LibsvmSvc({ engine: SVM, C, probability: false }).fit(x, y);
    const state = new StateReader('', model.state);
    const vectors = state.packed('supportVectors', Float64Array);
    const alphas = state.packed('dualCoefficients', Float64Array);
    const alphaOf = new Map(
      Array.from(alphas, (alpha, i) => [
        JSON.stringify([...vectors.slice(6 * i, 6 * i + 6)]),
        Math.abs(alpha),
      ]),
    );
    expect(alphaOf.size).toBe(alphas.length);
    expect(alphas.reduce((sum, alpha) => sum + alpha, 0)).toBeCloseTo(0, 10);
    model.decisionFunction(x)[0].forEach((decision, row) => {
      const margin = (y[row] === 1 ? 1 : -1) * decision;
      const alpha = alphaOf.get(JSON.stringify(rows[row])) ?? 0;
      if (alpha < C) expect(margin).toBeGreaterThan(1 - 2e-3);
      if (alpha > 0) expect(margin).toBeLessThan(1 + 2e-3);
    });
  });

  it("computes gamma like 'scale' of scikit-learn", () => {
    const values = rows.flat();
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const gammaOf = (options: Partial<LibsvmSvcOptions>, table = x) =>
      new LibsvmSvc({ engine: SVM, ...options, probability: false }).fit(table, y).state.gamma;
    expect(gammaOf({})).toBeCloseTo(1 / (6 * variance), 12);
    expect(gammaOf({ gamma: 'auto' })).toBe(1 / 6);
    expect(gammaOf({}, Table.fromColumns({ a: new Float64Array(y.length).fill(4) }))).toBe(1);
  });

  it('fits probabilities to cross-validated decisions', () => {
    const svc = new LibsvmSvc({ engine: SVM, gamma: 0.2, seed: 3, probability: false });
    const labels = Labels.from(y);
    const folds = stratifiedFolds(labels, 5, new Random(3).stream('LibsvmSvc'));
    const decisions = new Float64Array(y.length);
    for (let fold = 0; fold < 5; fold++) {
      const inside = [...y.keys()].filter((row) => folds[row] !== fold);
      const values = svc.fit(x.take(inside), labels.take(inside)).decisionFunction(x)[0];
      folds.forEach((of, row) => {
        if (of === fold) decisions[row] = values[row];
      });
    }
    const expected = sigmoidValues(plattScaling(decisions, y), svc.fit(x, y).decisionFunction(x)[0]);
    const [no, yes] = new LibsvmSvc({ engine: SVM, gamma: 0.2, seed: 3 }).fit(x, y).predictProba(x);
    expect(yes).toEqual(expected);
    expect(no).toEqual(expected.map((p) => 1 - p));
  });

  it('predicts probabilities if a class has one row', () => {
    const [, yes] = new LibsvmSvc({ engine: SVM }).fit(x.take([0, 1, 2]), [0, 0, 1]).predictProba(x);
    expect(yes.every((p) => p > 0 && p < 1)).toBe(true);
  });

  it('has no probabilities unless requested, and can be calibrated', () => {
    const svc = new LibsvmSvc({ engine: SVM, probability: false });
    expect(() => svc.fit(x, y).predictProba(x)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining('probability') }),
    );
    const [, yes] = new CalibratedClassifier({ classifier: svc }).fit(x, y).predictProba(x);
    expect(yes.every((p) => p > 0 && p < 1)).toBe(true);
    const restored = LibsvmSvc.restore(new StateReader('', JSON.parse(JSON.stringify(svc.fit(x, y).state))));
    expect(restored.decisionFunction(x)).toEqual(svc.fit(x, y).decisionFunction(x));
  });

  it('frees the memory of the library after every fit', () => {
    const alive = new Set<SVM>();
    class Counted extends SVM {
      override train(samples: number[][], labels: number[]) {
        super.train(samples, labels);
        alive.add(this);
      }
      override free() {
        alive.delete(this);
        super.free();
      }
    }
    new LibsvmSvc({ engine: Counted }).fit(x, y);
    expect(alive.size).toBe(0);
    class Failing extends Counted {
      override serializeModel(): string {
        throw new Error('full');
      }
    }
    expect(() => new LibsvmSvc({ engine: Failing }).fit(x, y)).toThrow('full');
    expect(alive.size).toBe(0);
  });

  it.each<[Partial<LibsvmSvcOptions>, string]>([
    [{ C: 0 }, 'C: expected a number above 0, got 0'],
    [{ kernel: 'cubic' as 'poly' }, 'kernel: expected'],
    [{ degree: 1.5 }, 'degree: expected an integer from 0 to 100, got 1.5'],
    [{ gamma: 0 }, 'gamma: expected one of scale, auto or a number above 0, got 0'],
    [{ coef0: NaN }, 'coef0: expected a number, got NaN'],
    [{ tolerance: 0 }, 'tolerance: expected a number above 0, got 0'],
    [{ shrinking: 1 as unknown as boolean }, 'shrinking: expected true or false, got 1'],
    [{ cacheSize: 0 }, 'cacheSize: expected a number above 0, got 0'],
    [{ classWeight: { a: 0 } }, 'classWeight: expected'],
    [{ probability: 1 as unknown as boolean }, 'probability: expected true or false, got 1'],
    [{ seed: NaN }, 'seed: expected a number, got NaN'],
  ])('rejects %j', (options, message) => {
    expect(() => new LibsvmSvc({ engine: SVM, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it.each<[unknown, string]>([
    [Promise.resolve(SVM), 'await it), got a promise'],
    [{ SVM }, 'got {"SVM":"the function or class SVM"}'],
    [undefined, 'got undefined'],
  ])('rejects an invalid engine', (engine, message) => {
    expect(() => new LibsvmSvc({ engine: engine as LibsvmEngine })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: expect.stringContaining(message) }),
    );
  });

  it('rejects more than two classes and a table without columns', () => {
    expect(() => new LibsvmSvc({ engine: SVM }).fit(x.take([0, 1, 2]), ['a', 'b', 'c'])).toThrow(
      expect.objectContaining({ code: 'invalid-target' }),
    );
    expect(() => new LibsvmSvc({ engine: SVM }).fit(Table.fromColumns({}, 2), [0, 1])).toThrow(
      expect.objectContaining({ code: 'invalid-data' }),
    );
  });

  it.each([
    { classes: ['a'] },
    { features: [] },
    { dualCoefficients: '' },
    { kernel: 'other' },
    { platt: 1 },
    { intercept: null },
  ])('does not restore a state with %j', (change) => {
    const { state } = new LibsvmSvc({ engine: SVM, probability: false }).fit(x, y);
    expect(() => LibsvmSvc.restore(new StateReader('', { ...state, ...change }))).toThrow(
      expect.objectContaining({ code: 'model-file' }),
    );
  });
});
