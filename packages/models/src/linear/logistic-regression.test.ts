import { Labels, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import reference from '../../test/reference/scikit_learn.json';
import { logisticLoss } from './logistic-loss.js';
import { LogisticRegression, type LogisticRegressionOptions } from './logistic-regression.js';

const x = Table.fromMatrix(reference.data[0].x);
const { y } = reference.data[0];

describe.each<LogisticRegressionOptions>([
  {},
  { penalty: 'l1', C: 0.5 },
  { fitIntercept: false },
  { penalty: 'l1', penalizeIntercept: true },
])('LogisticRegression with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new LogisticRegression(options),
      restorable: LogisticRegression,
      x,
      y: y.map((code) => (code === 1 ? 'leaves' : 'stays')),
    }),
  )('$name', ({ run }) => run());
});

describe.each(reference.data)('LogisticRegression on "$name"', ({ x: rows, y, fits }) => {
  const table = Table.fromMatrix(rows);

  it.each(fits)('reaches the minimum: penalty $penalty, C $C, intercept $intercept', (expected) => {
    const { penalty, C, intercept: mode } = expected;
    const warnings: string[] = [];
    const model = new LogisticRegression({
      penalty: penalty as 'l1' | 'l2',
      C,
      fitIntercept: mode !== 'none',
      penalizeIntercept: mode === 'penalized',
      onWarning: (message) => warnings.push(message),
    }).fit(table, y);
    const { coefficients, intercept, converged } = model.state;

    const shrunk = mode === 'penalized' ? [...coefficients, intercept] : coefficients;
    const size = (w: number) => (penalty === 'l1' ? Math.abs(w) : 0.5 * w * w);
    const objective =
      C * logisticLoss(model.decisionFunction(table), y) + shrunk.reduce((sum, w) => sum + size(w), 0);
    expect(Math.abs(objective - expected.objective)).toBeLessThan(1e-8 * expected.objective);
    expect({ converged, warnings }).toEqual({ converged: true, warnings: [] });
  });

  it.each(fits.filter(({ penalty }) => penalty === 'l2'))(
    'finds the only minimum that l2 has: C $C, intercept $intercept',
    ({ C, intercept: mode, coefficients, constant }) => {
      const { state } = new LogisticRegression({
        C,
        fitIntercept: mode !== 'none',
        penalizeIntercept: mode === 'penalized',
        tolerance: 1e-12,
      }).fit(table, y);
      // Where scikit-learn's objective is right to 1e-15, its weights are so to about the root of that.
      const largest = Math.max(...[...(coefficients ?? []), constant ?? NaN].map(Math.abs));
      coefficients?.forEach((coefficient, j) => {
        expect(Math.abs(state.coefficients[j] - coefficient)).toBeLessThan(1e-6 * largest);
      });
      expect(Math.abs(state.intercept - (constant ?? NaN))).toBeLessThan(1e-6 * largest);
    },
  );
});

describe('LogisticRegression', () => {
  it('is by hand the root of a single equation for one feature', () => {
    // Rows (1, yes) and (-1, no), no intercept: the gradient w - 2 C / (1 + e^w) is 0 at the minimum.
    const { state } = new LogisticRegression({ C: 2, fitIntercept: false, tolerance: 1e-14 }).fit(
      Table.fromColumns({ a: [1, -1] }),
      ['yes', 'no'],
    );
    const [w] = state.coefficients;
    expect(w - 4 / (1 + Math.exp(w))).toBeCloseTo(0, 12);
    expect(state).toMatchObject({ classes: ['no', 'yes'], features: ['a'], intercept: 0, converged: true });
  });

  it('has the log-odds of the classes as its intercept where no feature helps', () => {
    const constant = Table.fromColumns({ a: [0, 0, 0, 0] });
    const model = new LogisticRegression().fit(constant, [1, 1, 1, 0]);
    expect(model.state.intercept).toBeCloseTo(Math.log(3), 12);
    expect(model.predictProba(constant)[1][0]).toBeCloseTo(0.75, 12);
  });

  it('fits an intercept alone to a table without columns', () => {
    const model = new LogisticRegression().fit(Table.fromColumns({}, 4), [true, true, true, false]);
    expect(model.state).toMatchObject({ coefficients: [], features: [], classes: [false, true] });
    expect(model.predict(Table.fromColumns({}, 2))).toEqual([true, true]);
    const without = new LogisticRegression({ fitIntercept: false }).fit(Table.fromColumns({}, 2), [0, 1]);
    expect(without.predictProba(Table.fromColumns({}, 1))).toEqual([
      Float64Array.of(0.5),
      Float64Array.of(0.5),
    ]);
  });

  it('sets coefficients to exactly zero with l1, all of them where the penalty is strong', () => {
    const zeros = (C: number) =>
      new LogisticRegression({ penalty: 'l1', C }).fit(x, y).state.coefficients.filter((w) => w === 0).length;
    expect(zeros(1e-4)).toBe(x.names.length);
    expect(zeros(0.05)).toBeGreaterThan(zeros(100));
    expect(zeros(100)).toBeLessThan(x.names.length);
  });

  it('takes the second class for the positive one, in the order of the labels', () => {
    const names = y.map((code) => (code === 1 ? 'b' : 'a'));
    const model = new LogisticRegression().fit(x, names);
    const turned = new LogisticRegression().fit(x, Labels.from(names, ['b', 'a']));
    expect(turned.classes).toEqual(['b', 'a']);
    turned.state.coefficients.forEach((w, j) => {
      expect(w).toBeCloseTo(-model.state.coefficients[j], 7);
    });
  });

  it('predicts from the decision function', () => {
    const model = new LogisticRegression().fit(x, y);
    const [no, yes] = model.predictProba(x);
    const predicted = model.predict(x);
    model.decisionFunction(x).forEach((score, row) => {
      const byHand = model.state.coefficients.reduce(
        (sum, w, j) => sum + w * reference.data[0].x[row][j],
        model.state.intercept,
      );
      expect(score).toBeCloseTo(byHand, 12);
      expect(yes[row]).toBeCloseTo(1 / (1 + Math.exp(-byHand)), 12);
      expect(no[row]).toBeCloseTo(1 / (1 + Math.exp(byHand)), 12);
      expect(predicted[row]).toBe(score > 0 ? 1 : 0);
    });
  });

  it('takes options that are undefined for ones not given', () => {
    const model = new LogisticRegression({ C: undefined, fitIntercept: undefined, penalty: undefined });
    expect(model.options).toEqual(new LogisticRegression().options);
  });

  it('tells onWarning where it stops before it converged', () => {
    const warnings: string[] = [];
    const options: LogisticRegressionOptions = {
      maxIterations: 1,
      onWarning: (message) => warnings.push(message),
    };
    const { state } = new LogisticRegression(options).fit(x, y);
    expect(state).toMatchObject({ iterations: 1, converged: false });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^LogisticRegression stopped after 1 of at most 1 steps, with a residual of \d\.\de-\d where 1\.0e-8 was asked for$/,
      ),
    ]);
    expect(() => new LogisticRegression({ maxIterations: 1 }).fit(x, y)).not.toThrow();
  });

  it.each<[string, LogisticRegressionOptions, string]>([
    ['penalty', { penalty: 'elastic' as 'l1' }, 'penalty: expected "l1" or "l2", got elastic'],
    ['C of 0', { C: 0 }, 'C: expected a number above 0, got 0'],
    ['negative C', { C: -1 }, 'C: expected a number above 0, got -1'],
    ['C of infinity', { C: Infinity }, 'C: expected a number above 0, got Infinity'],
    ['C that is no number', { C: NaN }, 'C: expected a number above 0, got NaN'],
    ['tolerance of 0', { tolerance: 0 }, 'tolerance: expected a number between 0 and 1, got 0'],
    ['tolerance of 1', { tolerance: 1 }, 'tolerance: expected a number between 0 and 1, got 1'],
    ['maxIterations of 0', { maxIterations: 0 }, 'maxIterations: expected a whole number from 1, got 0'],
    ['half an iteration', { maxIterations: 1.5 }, 'maxIterations: expected a whole number from 1, got 1.5'],
  ])('refuses a wrong %s', (_, options, message) => {
    expect(() => new LogisticRegression(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message: `LogisticRegression ${message}` }),
    );
  });

  it('refuses missing and infinite values, naming column and row', () => {
    const columns = { a: [1, 2, 3, 4], b: [1, 2, NaN, 4] };
    expect(() => new LogisticRegression().fit(Table.fromColumns(columns), [0, 1, 0, 1])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message:
          'column "b", row 2: expected a finite number, got a missing value; impute or drop it before the model',
      }),
    );
  });

  it.each([1e200, 1e308])('refuses values of %p: they are too large to compute with', (large) => {
    const table = Table.fromColumns({ a: [1, 2, 3, 4], b: [large, -large, large, 1] });
    for (const penalty of ['l1', 'l2'] as const) {
      expect(() => new LogisticRegression({ penalty }).fit(table, [0, 1, 0, 1])).toThrow(
        expect.objectContaining({
          code: 'invalid-data',
          message: 'column "b": the values are too large to compute with; scale the columns first',
        }),
      );
    }
  });

  it.each([1e-160, 1e-9, 1e9, 1e140])('computes with columns on the scale of %p beside others', (scale) => {
    const wide = Table.fromColumns({
      a: x.numeric('x0').map((value) => value * scale),
      b: x.numeric('x1'),
    });
    for (const penalty of ['l1', 'l2'] as const) {
      const [, probabilities] = new LogisticRegression({ penalty }).fit(wide, y).predictProba(wide);
      const mean = probabilities.reduce((a, b) => a + b) / y.length;
      expect(mean).toBeCloseTo(y.reduce((a, b) => a + b) / y.length, 6);
    }
  });

  it.each([
    [{ coefficients: [1] }, /a coefficient a feature, and two classes/],
    [{ classes: ['a'] }, /a coefficient a feature, and two classes/],
    [{ intercept: null }, /"intercept" to be a number, got null/],
    [{ converged: 1 }, /"converged" to be true or false, got 1/],
  ])('refuses to restore a state with %j', (change, message) => {
    const state = { ...new LogisticRegression().fit(x, y).state, ...change };
    expect(() => LogisticRegression.restore(new StateReader('LogisticRegression', state))).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringMatching(message) }),
    );
  });
});
