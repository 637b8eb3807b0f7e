import {
  ChurnError,
  type Classifier,
  type FittedClassifier,
  type FittedRegressor,
  fitThenTransform,
  log,
  Pipeline,
  type Row,
  Table,
  type Transformer,
} from '@churn/core';
import {
  CalibratedClassifier,
  DecisionTreeClassifier,
  DummyClassifier,
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
  VotingClassifier,
} from '@churn/models';
import { explain } from './explain.js';

const row = Array.from({ length: 80 }, (_, i) => i);
const x = Table.fromColumns({
  a: row.map((i) => Math.sin(i * 7) * 3),
  b: row.map((i) => Math.cos(i * 3)),
  c: row.map((i) => (i * 11) % 5),
});
const y = row.map((i) => (Math.sin(i * 7) + Math.cos(i * 3) + Math.sin(i) > 0 ? 'yes' : 'no'));
const three = row.map((i) => 'pqr'[(i * 7 + Math.round(Math.sin(i * 7))) % 3]);

const logOdds = (p: number) => log(p / (1 - p));
const sumOf = (each: {
  readonly baseline: number;
  readonly contributions: readonly { contribution: number }[];
}) => each.contributions.reduce((sum, { contribution }) => sum + contribution, each.baseline);

/** Fills missing values with -1. */
const filler: Transformer = {
  role: 'transformer',
  fit: () => ({
    role: 'transformer',
    type: 'Filler',
    state: {},
    transform: (table: Table) =>
      table.with(
        table.names.map((name) => [name, table.numeric(name).map((v) => (Number.isNaN(v) ? -1 : v))]),
      ),
  }),
  fitTransform: (table, target) => fitThenTransform(filler, table, target),
};

describe('explain', () => {
  it.each<[string, Classifier, (p: number) => number]>([
    ['a tree', new DecisionTreeClassifier({ maxDepth: 3 }), (p) => p],
    ['a forest', new RandomForestClassifier({ nEstimators: 5 }), (p) => p],
    ['boosting', new GradientBoostingClassifier({ nEstimators: 5 }), logOdds],
    ['a logistic regression', new LogisticRegression(), logOdds],
    [
      'a calibrated regression',
      new CalibratedClassifier({ classifier: new Pipeline([], new LogisticRegression()) }),
      logOdds,
    ],
    [
      'a calibrated forest',
      new CalibratedClassifier({ classifier: new RandomForestClassifier({ nEstimators: 5 }) }),
      logOdds,
    ],
    [
      'an isotonic calibration',
      new CalibratedClassifier({ classifier: new LogisticRegression(), method: 'isotonic' }),
      (p) => p,
    ],
    [
      'a calibration of a calibration',
      new CalibratedClassifier({
        classifier: new CalibratedClassifier({ classifier: new LogisticRegression() }),
      }),
      logOdds,
    ],
    [
      'a beta calibration of a forest',
      new CalibratedClassifier({
        classifier: new RandomForestClassifier({ nEstimators: 5 }),
        method: 'beta',
      }),
      logOdds,
    ],
    [
      'a temperature of boosting',
      new CalibratedClassifier({
        classifier: new GradientBoostingClassifier({ nEstimators: 5 }),
        method: 'temperature',
      }),
      logOdds,
    ],
    [
      'a calibrated blend',
      new CalibratedClassifier({
        classifier: new VotingClassifier({
          classifiers: [new LogisticRegression(), new RandomForestClassifier({ nEstimators: 5 })],
        }),
        method: 'beta',
      }),
      logOdds,
    ],
  ])('is exact for %s: contributions add up to the score', (_, model, score) => {
    for (const fitted of [model.fit(x, y), new Pipeline([], model).fit(x, y)]) {
      const { method, rows } = explain(fitted, x);
      expect(method).toBe('exact');
      rows.forEach(({ label, prediction, ...rest }) => {
        expect(label).toBe('yes');
        expect(sumOf(rest)).toBeCloseTo(score(prediction), 9);
      });
    }
  });

  it('explains the most likely of several classes', () => {
    const fitted = new RandomForestClassifier({ nEstimators: 5, maxDepth: 2 }).fit(x, three);
    const predicted = fitted.predict(x);
    explain(fitted, x).rows.forEach(({ label, prediction, ...rest }, i) => {
      expect(label).toBe(predicted[i]);
      expect(sumOf(rest)).toBeCloseTo(prediction, 9);
    });
  });

  it('puts the largest contribution first, with its value', () => {
    const table = Table.fromColumns({ a: [1, 2, 3, 6], b: [0, 1, 1, 0] });
    const model = new LogisticRegression().fit(table, [0, 0, 1, 1]);
    const [wA] = model.terms[0].coefficients;
    const { rows } = explain(model, table);
    // By hand: the mean of a is 3, so that the last row is 3 above it.
    expect(rows[3].contributions[0]).toEqual({
      column: 'a',
      value: 6,
      contribution: expect.closeTo(3 * wA, 12),
    });
  });

  it('measures the change in log-odds when a value becomes unknown, for other models', () => {
    const pipeline = new Pipeline([filler], new SVC({ probability: false })).fit(x, y);
    const { method, unit, rows } = explain(pipeline, x);
    expect([method, unit]).toEqual(['missing-value', 'log-odds']);
    const withoutB = x.with({ b: new Float64Array(x.nRows).fill(NaN) });
    const [whole, without] = [x, withoutB].map((table) => pipeline.predictProba(table)[1].map(logOdds));
    rows.forEach(({ contributions }, i) => {
      const { contribution } = contributions.find(({ column }) => column === 'b')!;
      expect(contribution).toBeCloseTo(whole[i] - without[i], 9);
    });
  });

  it('replaces values with typical ones if a pipeline does not support missing values', () => {
    const { method, rows } = explain(new Pipeline([], new SVC()).fit(x, y), x);
    expect(method).toBe('typical-value');
    const mean = x.numeric('a').reduce((sum, value) => sum + value / x.nRows, 0);
    const atMean = x.take([0]).with({ a: [mean] });
    const [{ contributions }] = explain(new Pipeline([], new SVC()).fit(x, y), atMean).rows;
    expect(contributions.find(({ column }) => column === 'a')?.contribution).toBeCloseTo(0, 9);
    expect(rows).toHaveLength(x.nRows);
  });

  it('uses Kernel SHAP values with background rows, if the model has no exact ones', () => {
    const model = new Pipeline([], new SVC()).fit(x, y);
    const background = x.take([0, 10, 20, 30]);
    const { method, unit, rows } = explain(model, x.take([1, 2]), { background });
    expect([method, unit]).toEqual(['kernel-shap', 'log-odds']);
    for (const { prediction, ...rest } of rows) expect(sumOf(rest)).toBeCloseTo(logOdds(prediction), 9);
    expect(explain(new LogisticRegression().fit(x, y), x, { background }).method).toBe('exact');
  });

  it('names what is missing if neither works', () => {
    expect(() => explain(new SVC().fit(x, y), x)).toThrow(
      expect.objectContaining({
        code: 'invalid-parameter',
        message: expect.stringContaining('SVC has no attributions and cannot predict for missing values'),
      }),
    );
  });

  it('explains a model without columns by its baseline', () => {
    const { rows } = explain(new DummyClassifier().fit(x, y), x.take([0]));
    expect(rows[0].contributions.map(({ contribution }) => contribution)).toEqual([0, 0, 0]);
    expect(rows[0].baseline).toBeCloseTo(logOdds(rows[0].prediction), 9);
  });

  it('explains predicted values', () => {
    const regressor: FittedRegressor = {
      role: 'regressor',
      type: 'Sum',
      state: {},
      features: ['a', 'b'],
      predict: (table) => table.numeric('a').map((a, i) => (a || 0) + 10 * (table.numeric('b')[i] || 0)),
    };
    const { method, unit, rows } = explain(regressor, Table.fromColumns({ a: [3], b: [2] }));
    expect([method, unit]).toEqual(['missing-value', 'amount']);
    expect(rows).toEqual([
      {
        prediction: 23,
        baseline: 0,
        contributions: [
          { column: 'b', value: 2, contribution: 20 },
          { column: 'a', value: 3, contribution: 3 },
        ],
      },
    ]);
  });

  it('uses given probabilities, and returns missing values as null', () => {
    const model = new RandomForestClassifier({ nEstimators: 3 }).fit(x, y);
    const known = [Float64Array.of(0.25), Float64Array.of(0.75)];
    const [{ prediction, contributions }] = explain(model, x.take([0]).with({ a: [null] }), {
      probabilities: known,
    }).rows;
    expect(prediction).toBe(0.75);
    expect(contributions.find(({ column }) => column === 'a')?.value).toBeNull();
  });

  it('rejects rows whose contributions overflow, with a fault for each', () => {
    const model: FittedClassifier = {
      role: 'classifier',
      type: 'Huge',
      state: {},
      classes: [0, 1],
      features: ['a', 'b'],
      predictProba: (table) => [new Float64Array(table.nRows), new Float64Array(table.nRows).fill(1)],
      predict: () => [],
      attributions: (table) => ({
        unit: 'log-odds',
        outputs: [
          { baseline: 0, contributions: [table.numeric('a').map((v) => v * 1e300), table.numeric('b')] },
        ],
      }),
    };
    const rows: Row[] = [
      { a: 1, b: 1 },
      { a: 1e10, b: 1 },
      { a: 2, b: 2 },
      { a: 3, b: 1e308 },
    ];
    const attempt = () => explain(model, Table.fromRows(rows));
    expect(attempt).toThrow('expected values whose effect can be computed, got 10000000000');
    try {
      attempt();
    } catch (error) {
      expect(ChurnError.is(error) && error.faults?.map(({ row: at, column }) => [at, column])).toEqual([
        [1, 'a'],
      ]);
    }
  });
});
