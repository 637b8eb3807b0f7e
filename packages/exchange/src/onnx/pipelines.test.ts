import {
  type FittedClassifier,
  type FittedPart,
  type FittedPipeline,
  type FittedRegressor,
  type FittedTransformer,
  isolateFaults,
  Labels,
  Pipeline,
  type Row,
  type Table,
  type Transformer,
} from '@churn/core';
import * as models from '@churn/models';
import { GroupThresholdClassifier, ThresholdClassifier } from '@churn/selection';
import * as transforms from '@churn/transforms';
import { columnInputs, type OnnxValue, runOnnx, WHERE_PEERS, withPeers } from '../../test/onnx/run-onnx.js';
import { classifierLowerings } from '../program/lowering/classifier-lowerings.js';
import { lower } from '../program/lowering/lower.js';
import { regressorLowerings } from '../program/lowering/regressors.js';
import { transformerLowerings } from '../program/lowering/transformer-lowerings.js';
import { sampleLabels, sampleTable } from '../testing/sample-tables.js';
import { toOnnx } from './to-onnx.js';

// The tables have an empty level.
const missingText = '<missing>';
const numbers = ['a', 'b', 'c'];
const withoutDates = (x: Table) => x.drop(['on']);
const train = withoutDates(sampleTable({ nRows: 400, seed: 1 }));
const wild = withoutDates(sampleTable({ nRows: 3000, seed: 2, wild: true }));
const [two, three] = [2, 3].map((nClasses) => sampleLabels(train, nClasses, 3));

/** The results of onnxruntime for the rows of a table, for each pipeline. */
function scored(fitted: readonly FittedPipeline<FittedPart>[], x: Table): Record<string, OnnxValue>[] {
  return runOnnx(
    fitted.map((each) => {
      const program = lower(each);
      const read = x.select(program.inputs.map((id) => program.columns[id].name));
      return { model: toOnnx(program, { missingText }), inputs: columnInputs(read, missingText) };
    }),
  );
}

/** What our pipeline gives of each row; `undefined` of those that it rejects. */
function expectedRows<T>(x: Table, run: (part: Table) => readonly T[]): (T | undefined)[] {
  const { rows, result } = isolateFaults(x, run);
  const all = new Array<T | undefined>(x.nRows).fill(undefined);
  for (let i = 0; i < rows.length; i++) all[rows[i]] = result[i];
  expect(rows.length).toBeGreaterThan(x.nRows / 4);
  return all;
}

/** The difference of two numbers, relative for magnitudes above 1. */
function apart(found: number, expected: number): number {
  if (Object.is(found, expected) || found === expected) return 0;
  if (Number.isNaN(found) && Number.isNaN(expected)) return 0;
  const distance = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
  return Number.isNaN(distance) ? Infinity : distance;
}

type AnyClass = { new (options?: unknown): Transformer; readonly example?: unknown };
const filled = (transformer: Transformer) =>
  new Pipeline([new transforms.MeanImputer({ columns: numbers }), transformer]);
const tree = () => new models.DecisionTreeClassifier({ maxDepth: 3 });
const { onColumns } = transforms;

/** Variants to test in addition to the defaults of a class. */
const OTHER: Readonly<Record<string, readonly Transformer[]>> = {
  DropColumns: [new transforms.DropColumns(['a', 'c*'])],
  FeatureUnion: [
    new transforms.FeatureUnion({
      scaled: new transforms.StandardScaler(),
      squares: new transforms.PolynomialFeatures({ columns: ['a'] }),
    }),
  ],
  Log1pTransformer: [new transforms.Log1pTransformer({ columns: ['b', 'c'] })],
  MeanImputer: [new transforms.MeanImputer({ addIndicator: true, groupBy: 'city' })],
  Nystroem: (['rbf', 'poly', 'sigmoid', 'linear'] as const).map((kernel) =>
    filled(new transforms.Nystroem({ columns: numbers, nComponents: 7, kernel, gamma: 0.01 })),
  ),
  OnColumns: [onColumns(['c', 'a'], new transforms.PolynomialFeatures({ degree: 3 }))],
  OneHotEncoder: [
    new transforms.OneHotEncoder({ columns: ['level', 'city'], drop: 'first', minFrequency: 0.12 }),
  ],
  QuantileTransformer: [new transforms.QuantileTransformer({ outputDistribution: 'normal', nQuantiles: 50 })],
  RecursiveFeatureElimination: [
    filled(onColumns(numbers, new transforms.RecursiveFeatureElimination({ model: tree(), nFeatures: 1 }))),
  ],
  RenameColumns: [new transforms.RenameColumns({ a: 'b', b: 'a', level: 'shade' })],
  SelectColumns: [new transforms.SelectColumns({ kind: 'numeric' })],
  SelectFromModel: [filled(onColumns(numbers, new transforms.SelectFromModel({ model: tree() })))],
  SplineTransformer: (['linear', 'continue'] as const).map(
    (extrapolation) => new transforms.SplineTransformer({ extrapolation }),
  ),
  ValueMapper: [
    new transforms.ValueMapper({ level: { red: 'warm', green: null }, city: { 'city 1': 'city 2' } }),
  ],
};

/** Dates are rejected (see the test of `toOnnx`); everything else is inside of a pipeline. */
const NOT_TRIED = ['DateParts', 'Pipeline'];

/** A class with its defaults, or the options that it is shown with, and after missing numbers are filled where it takes none. */
function fittedExamples(name: string): FittedPipeline<FittedPart>[] {
  const Class = (transforms as unknown as Record<string, AnyClass>)[name];
  for (const wrapped of [(each: Transformer) => each, filled]) {
    for (const options of [undefined, Class?.example]) {
      try {
        return [new Pipeline([wrapped(new Class(options))]).fit(train, two)];
      } catch {
        // Another way may do.
      }
    }
  }
  return [];
}

withPeers(`transformers in onnxruntime${WHERE_PEERS}`, () => {
  const names = Object.keys(transformerLowerings).filter((name) => !NOT_TRIED.includes(name));
  const fitted: { readonly name: string; readonly each: FittedPipeline<FittedPart> }[] = [];
  let found: Record<string, OnnxValue>[];

  beforeAll(() => {
    for (const name of names) {
      const others = (OTHER[name] ?? []).map((each) => new Pipeline([each]).fit(train, two));
      for (const each of [...fittedExamples(name), ...others]) fitted.push({ name, each });
    }
    found = scored(
      fitted.map(({ each }) => each),
      wild,
    );
  });

  it.each(names)('%s', (name) => {
    expect(fitted.filter((each) => each.name === name).length).toBeGreaterThan(0);
    fitted.forEach(({ name: of, each }, i) => {
      if (of === name) expectSame(each, found[i], name === 'Nystroem');
    });
  });

  function expectSame(
    fitted: FittedPipeline<FittedPart>,
    outputs: Record<string, OnnxValue>,
    isOfProducts: boolean,
  ): void {
    // Sums of terms that are far larger than what is left of them lose digits, and runtimes that round once overflow later.
    const tolerance = isOfProducts ? 1e-6 : 1e-9;
    const isTried = (cells: Row) =>
      !isOfProducts || numbers.every((name) => Math.abs(Number(cells[name])) < 1e150);
    const transform = (part: Table) => (fitted as unknown as FittedTransformer).transform(part);
    const expected = expectedRows(wild, (part) => transform(part).toRows());
    const made = transform(train);
    for (const kind of ['numeric', 'category'] as const) {
      const values = (kind === 'numeric' ? outputs.numbers : outputs.texts)?.values;
      const names = made.namesOf(kind);
      expect(values?.length ?? 0).toBe(names.length * wild.nRows);
      expected.forEach((row, at) => {
        names.forEach((name, j) => {
          const value = values?.[at * names.length + j];
          const ours = row?.[name] ?? null;
          const isSame =
            kind === 'numeric'
              ? apart(Number(value), ours === null ? NaN : Number(ours)) < tolerance
              : value === (ours ?? missingText);
          if (!isSame && isTried(wild.row(at)))
            expect([name, wild.row(at), value]).toEqual([name, wild.row(at), ours]);
        });
      });
    }
  }
});

const steps = () => [
  new transforms.MeanImputer(),
  new transforms.ModeImputer(),
  new transforms.CategoryEncoder({ columns: ['city'] }),
  new transforms.OneHotEncoder(),
  new transforms.StandardScaler(),
];
const boosting = () => new models.GradientBoostingClassifier({ nEstimators: 20 });
const regression = () => new Pipeline(steps(), new models.LogisticRegression());

const WRAPPERS = {
  'boosting with gaps and categories': () => boosting(),
  voting: () => new models.VotingClassifier({ classifiers: [boosting(), regression()], weights: [2, 1] }),
  stacking: () => new models.StackingClassifier({ classifiers: [boosting(), regression()] }),
  bagging: () => new models.BaggedClassifier({ classifier: boosting(), cv: 3 }),
  ...Object.fromEntries(
    (['sigmoid', 'beta', 'isotonic', 'temperature'] as const).map((method) => [
      `calibration: ${method}`,
      () => new models.CalibratedClassifier({ classifier: boosting(), method }),
    ]),
  ),
  'a threshold': () => {
    const rule = { costs: { falsePositive: 1, falseNegative: 5 } };
    return new ThresholdClassifier({ classifier: regression(), rule });
  },
  'thresholds by group': () =>
    new GroupThresholdClassifier({ classifier: regression(), by: 'level', minRows: 10 }),
};

/** Classifiers by their names. */
const CLASSIFIERS: Readonly<Record<string, () => FittedPipeline<FittedClassifier>>> = Object.fromEntries([
  ...models.classifiers
    .filter(({ type }) => Object.hasOwn(classifierLowerings, type))
    .flatMap((Class) =>
      [two, three].map((labels, i) => [
        `${Class.type} of ${2 + i} classes`,
        () => new Pipeline(steps(), new Class() as never).fit(train, labels as never),
      ]),
    ),
  ...Object.entries(WRAPPERS).map(([name, make]) => [
    name,
    () => new Pipeline([], make() as never).fit(train, Labels.from(two, { positive: 'class 1' }) as never),
  ]),
]);

/** What ONNX does not support. */
const REFUSED: Readonly<Record<string, string>> = {
  'DummyClassifier of 2 classes': 'got one with the same prediction for all rows',
  'DummyClassifier of 3 classes': 'got one with the same prediction for all rows',
  'SVC of 3 classes': 'the iteration that computes class probabilities from those of pairs',
};

withPeers(`models in onnxruntime${WHERE_PEERS}`, () => {
  const all = new Map<string, FittedPipeline<FittedClassifier>>();
  let found: Record<string, OnnxValue>[];

  beforeAll(() => {
    for (const [name, fit] of Object.entries(CLASSIFIERS)) {
      if (!Object.hasOwn(REFUSED, name)) all.set(name, fit());
    }
    found = scored([...all.values()], wild);
  });

  it.each(Object.keys(CLASSIFIERS))('%s', (name) => {
    if (Object.hasOwn(REFUSED, name)) {
      expect(() => toOnnx(lower(CLASSIFIERS[name]()), { missingText })).toThrow(REFUSED[name]);
      return;
    }
    const fitted = all.get(name) as FittedPipeline<FittedClassifier>;
    const { probabilities, label } = found[[...all.keys()].indexOf(name)];
    const labels = expectedRows(wild, (part) => fitted.predict(part));
    const shares = expectedRows(wild, (part) => {
      const columns = fitted.predictProba(part);
      return Array.from(columns[0], (_, row) => columns.map((column) => column[row]));
    });
    const width = fitted.classes.length;
    let worst = 0;
    shares.forEach((row, i) => {
      for (let k = 0; k < width; k++) {
        worst = Math.max(worst, apart(Number(probabilities.values[i * width + k]), row?.[k] ?? NaN));
      }
    });
    expect(worst).toBeLessThan(1e-9);
    // Ties may be predicted either way.
    const isEven = (row: number[] = []) => {
      const [first, second] = [...row].sort((p, q) => q - p);
      return first - second < 1e-9;
    };
    expect([...label.values].filter((_, i) => !isEven(shares[i]))).toEqual(
      labels.map((each) => each ?? missingText).filter((_, i) => !isEven(shares[i])),
    );
  });

  const amounts = models.regressors.filter(({ type }) => Object.hasOwn(regressorLowerings, type));
  it.each(amounts.map((Class) => [Class.type, Class] as const))('%s', (_, Class) => {
    // Some models take target values above 0 alone.
    const target = train.numeric('b').map((value) => 1 + (Number.isNaN(value) ? 0 : Math.abs(value)));
    const filled = [
      new transforms.MeanImputer(),
      new transforms.ModeImputer(),
      new transforms.OneHotEncoder(),
    ];
    const fitted = new Pipeline(filled, new Class() as never).fit(train, target as never);
    if (lower(fitted).inputs.length === 0) {
      expect(() => toOnnx(lower(fitted))).toThrow('got one with the same prediction for all rows');
      return;
    }
    const [{ amount }] = scored([fitted], wild);
    const expected = expectedRows(wild, (part) =>
      Array.from((fitted as unknown as FittedRegressor).predict(part)),
    );
    expect(amount.shape).toEqual([wild.nRows]);
    expected.forEach((value, i) => {
      expect(apart(Number(amount.values[i]), value ?? NaN)).toBeLessThan(1e-9);
    });
  });
});
