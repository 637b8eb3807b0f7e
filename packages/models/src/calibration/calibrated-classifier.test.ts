import {
  type Classifier,
  type ClassLabel,
  type ClassProbabilities,
  type FitOptions,
  type FittedClassifier,
  Labels,
  type LabelsLike,
  Pipeline,
  parseModel,
  Random,
  StateReader,
  serializeModel,
  stratifiedFolds,
  Table,
} from '@churn/core';
import { classifierConformance } from '@churn/core/testing';
import reference from '../../test/reference/calibration.json';
import data from '../../test/reference/scikit_learn.json';
import { DummyClassifier } from '../dummy/dummy-classifier.js';
import type { FittedLogisticRegression } from '../linear/fitted-logistic-regression.js';
import { LogisticRegression } from '../linear/logistic-regression.js';
import { CalibratedClassifier, type CalibratedClassifierOptions } from './calibrated-classifier.js';
import type { CalibrationMethod } from './calibration.js';
import { isotonicRegression, isotonicValues } from './isotonic-regression.js';
import { plattScaling, sigmoidValues } from './platt-scaling.js';

const x = Table.fromMatrix(data.data[0].x);
const { y } = data.data[0];
const classifier = new LogisticRegression();

/** The array of scores of two classes. */
const scoresOf = (model: FittedLogisticRegression, rows: Table) => model.decisionFunction(rows)[0];

/** Its scores are the columns, so folds do not matter. */
class Columns implements Classifier {
  readonly role = 'classifier';

  constructor(readonly decides: boolean) {}

  fit(x: Table, y: LabelsLike, _options?: FitOptions): FittedClassifier {
    const { classes } = Labels.from(y);
    const columns = (rows: Table) => x.names.map((name) => rows.numeric(name));
    const probabilities = (rows: Table): ClassProbabilities => {
      const [first] = columns(rows);
      return classes.length === 2 ? [first.map((p) => 1 - p), first] : (columns(rows) as ClassProbabilities);
    };
    return {
      role: 'classifier',
      type: 'Columns',
      state: {},
      classes,
      features: x.names,
      predictProba: this.decides ? () => [new Float64Array(), new Float64Array()] : probabilities,
      predict: (): ClassLabel[] => [],
      ...(this.decides && {
        decisionFunction: (rows: Table) => (classes.length === 2 ? [columns(rows)[0]] : columns(rows)),
      }),
    };
  }
}

describe.each<Omit<CalibratedClassifierOptions, 'classifier'>>([
  {},
  { method: 'isotonic', cv: 3, seed: 4 },
  { method: 'beta' },
  { method: 'temperature' },
  { method: 'auto' },
])('CalibratedClassifier with %j', (options) => {
  it.each(
    classifierConformance({
      classifier: new CalibratedClassifier({ classifier, ...options }),
      restorable: CalibratedClassifier,
      classes: [LogisticRegression],
      x,
      y: y.map((code) => (code === 1 ? 'leaves' : 'stays')),
    }),
  )('$name', ({ run }) => run());
});

describe.each(['sigmoid', 'beta', 'temperature', 'auto'] as const)(
  'CalibratedClassifier of three classes by %s',
  (method) => {
    const y = ['a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c', 'a', 'a', 'b'];
    it.each(
      classifierConformance({
        classifier: new CalibratedClassifier({ classifier: new DummyClassifier(), cv: 2, method }),
        restorable: CalibratedClassifier,
        classes: [DummyClassifier],
        x: Table.fromColumns({ a: y.map((_, row) => row) }),
        y,
        takesCategories: true,
      }),
    )('$name', ({ run }) => run());
  },
);

describe('CalibratedClassifier.fitMany', () => {
  const weak = new LogisticRegression({ C: 0.01 });
  const specifications: CalibratedClassifier[] = [
    new CalibratedClassifier<FittedClassifier>({ classifier }),
    new CalibratedClassifier<FittedClassifier>({ classifier, method: 'isotonic' }),
    new CalibratedClassifier<FittedClassifier>({ classifier: weak }),
    new CalibratedClassifier<FittedClassifier>({ classifier: new DummyClassifier() }),
    new CalibratedClassifier<FittedClassifier>({ classifier: weak, cv: 3 }),
    new CalibratedClassifier<FittedClassifier>({ classifier, seed: 1 }),
    new CalibratedClassifier<FittedClassifier>({ classifier, method: 'beta' }),
    new CalibratedClassifier<FittedClassifier>({ classifier, method: 'temperature' }),
  ];

  it('equals separate fits', () => {
    const sampleWeight = y.map((_, row) => 1 + (row % 3));
    const together = specifications[0].fitMany(x, y, specifications, { sampleWeight });
    const p = (models: FittedClassifier[]) => models.map((model) => model.predictProba(x)[1]);
    const apart = p(specifications.map((specification) => specification.fit(x, y, { sampleWeight })));
    p(together).forEach((probabilities, i) => {
      // A path of penalties ends within the tolerance of a single fit.
      expect(Math.max(...probabilities.map((value, row) => Math.abs(value - apart[i][row])))).toBeLessThan(
        1e-4,
      );
    });
    expect(new Set(together.map((model) => JSON.stringify(model.state))).size).toBe(specifications.length);
  });

  it('fits one classifier per fold, and one on all rows, for all methods', () => {
    let nFits = 0;
    const counted: Classifier = {
      role: 'classifier',
      fit(rows, labels, options) {
        nFits++;
        return classifier.fit(rows, labels, options);
      },
    };
    const both = (['sigmoid', 'isotonic', 'beta', 'temperature', 'auto'] as const).map(
      (method) => new CalibratedClassifier({ classifier: counted, method }),
    );
    both[0].fitMany(x, y, both);
    expect(nFits).toBe(6);
  });
});

describe('CalibratedClassifier', () => {
  it.each(reference.whole)('agrees with scikit-learn on $name, $method', (expected) => {
    const table = Table.fromMatrix(expected.x);
    const method = expected.method as 'sigmoid' | 'isotonic';
    const received = new CalibratedClassifier({ classifier: new Columns(expected.decides), method })
      .fit(table, expected.y, { sampleWeight: expected.weights ?? undefined })
      .predictProba(table);
    expect(received.length).toBe(expected.probabilities.length);
    // scikit-learn stops fitting the sigmoid at a gradient of 1e-6.
    const tolerance = method === 'sigmoid' ? 1e-4 : 1e-12;
    received.forEach((column, k) => {
      column.forEach((p, row) => {
        expect(Math.abs(p - expected.probabilities[k][row])).toBeLessThan(tolerance);
      });
    });
  });

  it.each(['sigmoid', 'isotonic'] as const)('%s: is fitted on out-of-fold scores', (method) => {
    const labels = Labels.from(y);
    const folds = stratifiedFolds(labels, 4, new Random(7).stream('CalibratedClassifier'));
    const scores = Float64Array.from(y, (_, row) => {
      const others = y.map((_, other) => other).filter((other) => folds[other] !== folds[row]);
      return scoresOf(classifier.fit(x.take(others), labels.take(others)), x.take([row]))[0];
    });
    const whole = scoresOf(classifier.fit(x, y), x);
    const expected =
      method === 'sigmoid'
        ? sigmoidValues(plattScaling(scores, y), whole)
        : isotonicValues(isotonicRegression(scores, y), whole);
    const model = new CalibratedClassifier({ classifier, method, cv: 4, seed: 7 }).fit(x, y);
    expect(model.predictProba(x)[1]).toEqual(expected);
    expect(model.classifier.state).toEqual(classifier.fit(x, y).state);
  });

  it('has other folds for another seed', () => {
    const fit = (seed: number) => new CalibratedClassifier({ classifier, seed }).fit(x, y).calibrators;
    expect(fit(1)).not.toEqual(fit(2));
    expect(fit(1)).toEqual(fit(1));
  });

  it('calibrates the decisions at the end of a pipeline', () => {
    const fit = (inner: Classifier) => new CalibratedClassifier({ classifier: inner }).fit(x, y);
    expect(fit(new Pipeline([], classifier)).calibrators).toEqual(fit(classifier).calibrators);
  });

  it('does not treat decisions of class pairs as class scores', () => {
    const pairs: Classifier = {
      role: 'classifier',
      fit: (rows, labels) => ({
        ...new Columns(false).fit(rows, labels),
        decisionFunction: () => [new Float64Array(1)],
      }),
    };
    const three = Table.fromColumns({
      a: [0.2, 0.5, 0.6, 0.1],
      b: [0.4, 0.4, 0.1, 0.5],
      c: [0.4, 0.1, 0.3, 0.4],
    });
    const labels = Labels.from([0, 1, 0, 1], [0, 1, 2]);
    const fit = (inner: Classifier) =>
      new CalibratedClassifier({ classifier: inner, cv: 2 }).fit(three, labels).predictProba(three);
    expect(fit(pairs)).toEqual(fit(new Columns(false)));
  });

  it('predicts equal probabilities if all calibrations are 0', () => {
    const table = Table.fromColumns({ a: [5, 5, 0, 0, 0, 0], b: [0, 0, 5, 5, 0, 0], c: [0, 0, 0, 0, 5, 5] });
    const model = new CalibratedClassifier({ classifier: new Columns(true), method: 'isotonic', cv: 2 });
    const fitted = model.fit(table, ['a', 'a', 'b', 'b', 'c', 'c']);
    const nowhere = fitted.predictProba(Table.fromColumns({ a: [-1], b: [-1], c: [-1] }));
    nowhere.forEach((column) => {
      expect(column[0]).toBeCloseTo(1 / 3, 12);
    });
  });

  it('is saved and loaded, inside a pipeline and around one', async () => {
    const calibrated = new CalibratedClassifier({
      classifier: new Pipeline([], classifier),
      method: 'isotonic',
    });
    const model = new Pipeline([], calibrated).fit(x, y);
    const text = await serializeModel(model);
    const loaded = await parseModel(text, [CalibratedClassifier, LogisticRegression]);
    expect(loaded.model.predictProba(x)).toEqual(model.predictProba(x));
    await expect(parseModel(text, [CalibratedClassifier])).rejects.toThrow(
      'needs the class LogisticRegression',
    );
  });

  it.each<[Partial<CalibratedClassifierOptions>, string]>([
    [{ classifier: {} as Classifier }, 'classifier: expected an unfitted classifier, got {}'],
    [
      { method: 'platt' as 'sigmoid' },
      'method: expected one of temperature, sigmoid, beta, isotonic, auto, got "platt"',
    ],
    [{ cv: 1 }, 'cv: expected an integer of at least 2, got 1'],
    [{ cv: 2.5 }, 'cv: expected an integer of at least 2, got 2.5'],
    [{ seed: Infinity }, 'seed: expected a number, got Infinity'],
  ])('rejects %j', (options, message) => {
    expect(() => new CalibratedClassifier<FittedClassifier>({ classifier, ...options })).toThrow(
      expect.objectContaining({ code: 'invalid-parameter', message }),
    );
  });

  it('rejects a class with fewer rows than folds', () => {
    const rare = y.map((code, row) => (row < 3 ? 'rare' : code === 1 ? 'a' : 'b'));
    expect(() => new CalibratedClassifier({ classifier }).fit(x, rare)).toThrow(
      expect.objectContaining({
        code: 'invalid-target',
        message: 'expected at least 5 rows of each class, one per fold, got 3 of "rare"',
      }),
    );
  });

  it.each<[CalibrationMethod, object]>([
    ['sigmoid', { method: 'other' }],
    ['sigmoid', { method: 'none' }],
    ['sigmoid', { scale: 'other' }],
    ['beta', { calibrators: [{ a: -1, b: 1, c: 0 }] }],
    ['beta', { calibrators: [{ a: 1, b: 1 }] }],
    ['temperature', { calibrators: [{ temperature: 0 }] }],
    ['temperature', { calibrators: [{ temperature: 1 }, { temperature: 1 }] }],
    ['sigmoid', { calibrators: [] }],
    ['sigmoid', { calibrators: [{ slope: 1 }] }],
    ['isotonic', { calibrators: [{ x: [], y: [] }] }],
    ['isotonic', { calibrators: [{ x: [1, 2], y: [1] }] }],
    ['isotonic', { calibrators: [{ x: [2, 1], y: [0, 1] }] }],
    ['isotonic', { calibrators: [{ x: [1, 2], y: [1, 0] }] }],
    ['isotonic', { calibrators: [{ x: [1, 2], y: [0, 1.5] }] }],
    ['isotonic', { calibrators: [{ x: [1, 1], y: [0, 1] }] }],
    ['isotonic', { classifier: { type: 'StandardScaler', state: {} } }],
  ])('does not restore a state of %s with %j', (method, change) => {
    const { state } = new CalibratedClassifier({ classifier, method }).fit(x, y);
    const scaler = {
      type: 'StandardScaler',
      restore: () => ({ role: 'transformer' as const, type: '', state: {} }),
    };
    expect(() =>
      CalibratedClassifier.restore(new StateReader('CalibratedClassifier', { ...state, ...change }), [
        LogisticRegression,
        scaler,
      ]),
    ).toThrow(expect.objectContaining({ code: 'model-file' }));
  });
});
