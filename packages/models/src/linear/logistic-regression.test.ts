import { Labels, StateReader, Table } from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import weighted from '../../test/reference/logistic_regression.json';
import reference from '../../test/reference/scikit_learn.json';
import type { FittedLogisticRegression } from './fitted-logistic-regression.js';
import { logisticLoss } from './logistic-loss.js';
import { LogisticRegression, type LogisticRegressionOptions } from './logistic-regression.js';

const x = Table.fromMatrix(reference.data[0].x);
const { y } = reference.data[0];

function stateOfTwo({ state }: FittedLogisticRegression) {
  if (!('coefficients' in state)) throw new Error('expected a model of two classes');
  return state;
}

function stateOfMany({ state }: FittedLogisticRegression) {
  if ('coefficients' in state) throw new Error('expected a model of more than two classes');
  return state;
}

function logOdds(model: FittedLogisticRegression, table: Table): Float64Array {
  const [scores, ...others] = model.decisionFunction(table);
  if (others.length > 0) throw new Error('expected a model of two classes');
  return scores;
}

describe.each<LogisticRegressionOptions>([
  {},
  { penalty: 'l1', C: 0.5 },
  { fitIntercept: false },
  { penalty: 'l1', penalizeIntercept: true },
  { penalty: 'elasticnet', l1Ratio: 0.3, classWeight: 'balanced' },
  { penalty: 'none' },
])('LogisticRegression with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new LogisticRegression(options),
      restorable: LogisticRegression,
      others: [
        new LogisticRegression({ ...options, C: 10 }),
        new LogisticRegression({ ...options, C: 0.01 }),
        new LogisticRegression({ penalty: 'l2', classWeight: { stays: 2 } }),
      ],
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
    const { coefficients, intercept, converged } = stateOfTwo(model);

    const shrunk = mode === 'penalized' ? [...coefficients, intercept] : coefficients;
    const size = (w: number) => (penalty === 'l1' ? Math.abs(w) : 0.5 * w * w);
    const objective =
      C * logisticLoss(logOdds(model, table), y) + shrunk.reduce((sum, w) => sum + size(w), 0);
    expect(Math.abs(objective - expected.objective)).toBeLessThan(1e-8 * expected.objective);
    expect({ converged, warnings }).toEqual({ converged: true, warnings: [] });
  });

  it.each(fits.filter(({ penalty }) => penalty === 'l2'))(
    'finds the only minimum that l2 has: C $C, intercept $intercept',
    ({ C, intercept: mode, coefficients, constant }) => {
      const state = stateOfTwo(
        new LogisticRegression({
          C,
          fitIntercept: mode !== 'none',
          penalizeIntercept: mode === 'penalized',
          tolerance: 1e-12,
        }).fit(table, y),
      );
      // If scikit-learn's objective is accurate to 1e-15, its weights are accurate to about the square root of that.
      const largest = Math.max(...[...(coefficients ?? []), constant ?? NaN].map(Math.abs));
      coefficients?.forEach((coefficient, j) => {
        expect(Math.abs(state.coefficients[j] - coefficient)).toBeLessThan(1e-6 * largest);
      });
      expect(Math.abs(state.intercept - (constant ?? NaN))).toBeLessThan(1e-6 * largest);
    },
  );
});

describe('LogisticRegression', () => {
  it('solves the equation of a single feature', () => {
    // Rows (1, yes) and (-1, no), no intercept: the gradient w - 2 C / (1 + e^w) is 0 at the minimum.
    const state = stateOfTwo(
      new LogisticRegression({ C: 2, fitIntercept: false, tolerance: 1e-14 }).fit(
        Table.fromColumns({ a: [1, -1] }),
        ['yes', 'no'],
      ),
    );
    const [w] = state.coefficients;
    expect(w - 4 / (1 + Math.exp(w))).toBeCloseTo(0, 12);
    expect(state).toMatchObject({ classes: ['no', 'yes'], features: ['a'], intercept: 0, converged: true });
  });

  it('has the log-odds of the classes as its intercept if no feature is informative', () => {
    const constant = Table.fromColumns({ a: [0, 0, 0, 0] });
    const model = new LogisticRegression().fit(constant, [1, 1, 1, 0]);
    expect(stateOfTwo(model).intercept).toBeCloseTo(Math.log(3), 12);
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

  it('sets coefficients to exactly zero with l1, all of them if the penalty is strong', () => {
    const zeros = (C: number) =>
      stateOfTwo(new LogisticRegression({ penalty: 'l1', C }).fit(x, y)).coefficients.filter((w) => w === 0)
        .length;
    expect(zeros(1e-4)).toBe(x.names.length);
    expect(zeros(0.05)).toBeGreaterThan(zeros(100));
    expect(zeros(100)).toBeLessThan(x.names.length);
  });

  it('treats the second class as positive, in the order of the labels', () => {
    const names = y.map((code) => (code === 1 ? 'b' : 'a'));
    const model = new LogisticRegression().fit(x, names);
    const turned = new LogisticRegression().fit(x, Labels.from(names, ['b', 'a']));
    expect(turned.classes).toEqual(['b', 'a']);
    stateOfTwo(turned).coefficients.forEach((w, j) => {
      expect(w).toBeCloseTo(-stateOfTwo(model).coefficients[j], 7);
    });
  });

  it('predicts from the decision function', () => {
    const model = new LogisticRegression().fit(x, y);
    const [no, yes] = model.predictProba(x);
    const predicted = model.predict(x);
    logOdds(model, x).forEach((score, row) => {
      const byHand = stateOfTwo(model).coefficients.reduce(
        (sum, w, j) => sum + w * reference.data[0].x[row][j],
        stateOfTwo(model).intercept,
      );
      expect(score).toBeCloseTo(byHand, 12);
      expect(yes[row]).toBeCloseTo(1 / (1 + Math.exp(-byHand)), 12);
      expect(no[row]).toBeCloseTo(1 / (1 + Math.exp(byHand)), 12);
      expect(predicted[row]).toBe(score > 0 ? 1 : 0);
    });
  });

  it('treats undefined options as absent', () => {
    const model = new LogisticRegression({ C: undefined, fitIntercept: undefined, penalty: undefined });
    expect(model.options).toEqual(new LogisticRegression().options);
  });

  it('calls onWarning if it stops before it has converged', () => {
    const warnings: string[] = [];
    const options: LogisticRegressionOptions = {
      maxIterations: 1,
      onWarning: (message) => warnings.push(message),
    };
    const { state } = new LogisticRegression(options).fit(x, y);
    expect(state).toMatchObject({ iterations: 1, converged: false });
    expect(warnings).toEqual([
      expect.stringMatching(
        /^LogisticRegression stopped after 1 of at most 1 steps, with a residual of \d\.\de-\d instead of 1\.0e-8$/,
      ),
    ]);
    expect(() => new LogisticRegression({ maxIterations: 1 }).fit(x, y)).not.toThrow();
  });

  it.each<[string, LogisticRegressionOptions, string]>([
    [
      'penalty',
      { penalty: 'elastic' as 'l1' },
      'penalty: expected one of l1, l2, elasticnet, none, got "elastic"',
    ],
    ['C of 0', { C: 0 }, 'C: expected a number above 0, got 0'],
    ['negative C', { C: -1 }, 'C: expected a number above 0, got -1'],
    ['C of infinity', { C: Infinity }, 'C: expected a number above 0, got Infinity'],
    ['C that is not a number', { C: NaN }, 'C: expected a number above 0, got NaN'],
    ['tolerance of 0', { tolerance: 0 }, 'tolerance: expected a number between 0 and 1, got 0'],
    ['tolerance of 1', { tolerance: 1 }, 'tolerance: expected a number between 0 and 1, got 1'],
    ['maxIterations of 0', { maxIterations: 0 }, 'maxIterations: expected an integer of at least 1, got 0'],
    [
      'half an iteration',
      { maxIterations: 1.5 },
      'maxIterations: expected an integer of at least 1, got 1.5',
    ],
  ])('rejects an invalid %s', (_, options, message) => {
    expect(() => new LogisticRegression(options)).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('rejects missing and infinite values, naming column and row', () => {
    const columns = { a: [1, 2, 3, 4], b: [1, 2, NaN, 4] };
    expect(() => new LogisticRegression().fit(Table.fromColumns(columns), [0, 1, 0, 1])).toThrow(
      expect.objectContaining({
        code: 'invalid-data',
        message:
          'column "b", row 2: expected a finite number, got a missing value; impute or drop it before the model',
      }),
    );
  });

  it.each([1e200, 1e308])('rejects values of %p, whose squares overflow', (large) => {
    const table = Table.fromColumns({ a: [1, 2, 3, 4], b: [large, -large, large, 1] });
    for (const penalty of ['l1', 'l2'] as const) {
      expect(() => new LogisticRegression({ penalty }).fit(table, [0, 1, 0, 1])).toThrow(
        expect.objectContaining({
          code: 'invalid-data',
          message: 'column "b": the values are too large; scale the columns first',
        }),
      );
    }
  });

  it.each([1e-160, 1e-9, 1e9, 1e140])('supports columns on the scale of %p besides others', (scale) => {
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
    [{ coefficients: [1] }, /"coefficients" to be a list of \d numbers, got \[1\]/],
    [{ coefficients: [1e308, -1e308, 0, 0, 0, 0] }, /"coefficients" to be small enough/],
    [{ iterations: -1 }, /"iterations" to be an integer of at least 0/],
    [{ classes: ['a'] }, /"classes" to be two or more classes/],
    [{ intercept: null }, /"intercept" to be a number, got null/],
    [{ converged: 1 }, /"converged" to be true or false, got 1/],
  ])('does not restore a state with %j', (change, message) => {
    const state = { ...new LogisticRegression().fit(x, y).state, ...change };
    expect(() => LogisticRegression.restore(new StateReader('LogisticRegression', state))).toThrow(
      expect.objectContaining({ code: 'model-file', message: expect.stringMatching(message) }),
    );
  });
});

const rowLoss = (scores: Float64Array[], row: number, code: number) => {
  const z = scores.map((score) => score[row]);
  const largest = Math.max(...z);
  return largest - z[code] + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
};

describe.each(weighted.data)('LogisticRegression with weights on "$name"', ({ x: rows, y: codes, fits }) => {
  const table = Table.fromMatrix(rows);

  it.each(fits)('agrees with $solver: $penalty, C $C, balanced $balanced', (expected) => {
    const { penalty, l1Ratio, C, balanced } = expected;
    const sampleWeight = codes.map((_, row): number => (expected.weighted && row % 3 === 0 ? 2.5 : 1));
    const model = new LogisticRegression({
      penalty: penalty as 'l1',
      l1Ratio,
      C,
      classWeight: balanced ? 'balanced' : undefined,
    }).fit(table, codes, { sampleWeight });
    expect(model.state.converged).toBe(true);

    const scores = model.decisionFunction(table);
    const ofClasses = scores.length > 1 ? scores : [new Float64Array(codes.length), ...scores];
    const totals = model.classes.map((c) =>
      sampleWeight.reduce((sum, weight, row) => sum + (codes[row] === c ? weight : 0), 0),
    );
    const all = sampleWeight.reduce((a, b) => a + b);
    const loss = codes.reduce((sum, code, row) => {
      const ofClass = balanced ? all / (totals.length * totals[code]) : 1;
      return sum + ofClass * sampleWeight[row] * rowLoss(ofClasses, row, code);
    }, 0);
    const coefficients = model.terms.flatMap((term) => term.coefficients);
    const size = (w: number) => l1Ratio * Math.abs(w) + 0.5 * (1 - l1Ratio) * w * w;
    const objective = C * loss + coefficients.reduce((sum, w) => sum + size(w), 0);
    expect(objective).toBeLessThanOrEqual(expected.objective * (1 + 1e-9));
    expect(objective).toBeGreaterThan(expected.objective * (1 - 1e-6));
    model.predictProba(table).forEach((column, c) => {
      expected.probabilities.forEach((row, i) => {
        expect(Math.abs(column[i] - row[c])).toBeLessThan(2e-3);
      });
    });
  });
});

describe.each<LogisticRegressionOptions>([{}, { penalty: 'l1' }, { penalty: 'elasticnet' }])(
  'LogisticRegression of three classes with %j',
  (options) => {
    const iris = weighted.data[0];
    it.each(
      classifierConformance({
        classifier: new LogisticRegression(options),
        restorable: LogisticRegression,
        x: Table.fromMatrix(iris.x),
        y: iris.y.map((code) => ['a', 'b', 'c'][code]),
        others: [
          new LogisticRegression({ ...options, C: 5 }),
          new LogisticRegression({ ...options, C: 0.05 }),
        ],
      }),
    )('$name', ({ run }) => run());
  },
);

describe('LogisticRegression with weights and classes', () => {
  const iris = weighted.data[0];
  const table = Table.fromMatrix(iris.x);

  it.each([y, y.map((code, row) => (row % 5 === 0 ? 2 : code))])(
    'treats a row of weight 2 like two rows',
    (...given) => {
      const codes = given;
      const twice = codes.map((_, row) => row).filter((row) => row % 4 === 0);
      const rows = [...codes.keys(), ...twice];
      const specification = new LogisticRegression({ penalty: 'elasticnet', tolerance: 1e-10 });
      const sampleWeight = codes.map((_, row) => (row % 4 === 0 ? 2 : 1));
      const one = specification.fit(x, codes, { sampleWeight }).predictProba(x);
      const other = specification
        .fit(
          x.take(rows),
          rows.map((row) => codes[row]),
        )
        .predictProba(x);
      one.forEach((column, c) => {
        column.forEach((p, row) => {
          expect(p).toBeCloseTo(other[c][row], 7);
        });
      });
    },
  );

  it('predicts probability 0 for a class without rows, and restores it', () => {
    const labels = Labels.from(iris.y, [0, 1, 2, 3]);
    const model = new LogisticRegression().fit(table, labels);
    expect(stateOfMany(model).intercepts[3]).toBeNull();
    const restored = LogisticRegression.restore(
      new StateReader('LogisticRegression', JSON.parse(JSON.stringify(model.state))),
    );
    const [three, four] = [new LogisticRegression().fit(table, iris.y), restored].map((m) =>
      m.predictProba(table),
    );
    expect([...four[3]]).toEqual(iris.y.map(() => 0));
    expect(four.slice(0, 3)).toEqual(three);
  });

  it('fits two classes with rows as if there were no third class', () => {
    const two = new LogisticRegression().fit(x, y).predictProba(x);
    const three = new LogisticRegression().fit(x, Labels.from(y, [0, 2, 1])).predictProba(x);
    three[2].forEach((p, row) => {
      expect(p).toBeCloseTo(two[1][row], 12);
      expect(three[1][row]).toBe(0);
    });
  });

  it('rejects weights that leave one class', () => {
    const sampleWeight = y.map((code) => code);
    expect(() => new LogisticRegression().fit(x, y, { sampleWeight })).toThrow(
      expect.objectContaining({ code: 'invalid-target' }),
    );
  });

  it('stops with finite coefficients on separable classes without a penalty', () => {
    const model = new LogisticRegression({ penalty: 'none' }).fit(
      Table.fromColumns({ a: [1, 2, 3, 4] }),
      [0, 0, 1, 1],
    );
    expect(model.predict(Table.fromColumns({ a: [1, 4] }))).toEqual([0, 1]);
    expect(stateOfTwo(model).coefficients.every(Number.isFinite)).toBe(true);
  });

  it('restores the state of two classes written by earlier versions', () => {
    const state = {
      classes: ['no', 'yes'],
      features: ['a'],
      coefficients: [2],
      intercept: -1,
      iterations: 3,
      converged: true,
    };
    const model = LogisticRegression.restore(new StateReader('LogisticRegression', state));
    expect(model.state).toEqual(state);
    expect(model.decisionFunction(Table.fromColumns({ a: [3] }))).toEqual([Float64Array.of(5)]);
  });

  it('rejects an invalid l1Ratio', () => {
    expect(() => new LogisticRegression({ l1Ratio: 1.5 })).toThrow(
      'l1Ratio: expected a number from 0 to 1, got 1.5',
    );
  });
});
