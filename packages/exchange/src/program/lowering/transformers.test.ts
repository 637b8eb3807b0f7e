import { type FittedTransformer, Pipeline, type Table, type Transformer } from '@churn/core';
import { DecisionTreeClassifier } from '@churn/models';
import * as transforms from '@churn/transforms';
import { expectedRows, requireCloseRow } from '../../testing/close-rows.js';
import { runRows } from '../../testing/run-module.js';
import { sampleLabels, sampleTable } from '../../testing/sample-tables.js';
import { transformerLowerings } from './transformer-lowerings.js';
import { unsupportedClasses } from './unsupported.js';

const train = sampleTable({ nRows: 300, seed: 1 });
const wild = sampleTable({ nRows: 400, seed: 2, wild: true });
const labels = sampleLabels(train, 2, 3);
const numbers = ['a', 'b', 'c'];
const { onColumns } = transforms;
const filled = (transformer: Transformer) =>
  new Pipeline([new transforms.MeanImputer({ columns: numbers }), transformer]);

/** The instances to test of each class: with defaults, and with other options. */
const tried: Readonly<Record<string, readonly Transformer[]>> = {
  Binner: [
    new transforms.Binner(),
    new transforms.Binner({ strategy: 'uniform', nBins: 3 }),
    new transforms.Binner({ encode: 'label' }),
  ],
  CategoryEncoder: [new transforms.CategoryEncoder({ columns: ['level', 'city'] })],
  Clip: [new transforms.Clip({ min: { a: -1 }, max: 400 })],
  ConstantImputer: [
    new transforms.ConstantImputer({ value: 7 }),
    new transforms.ConstantImputer({ value: 'none', addIndicator: true }),
  ],
  DateParts: [
    new transforms.DateParts({ columns: ['on'], parts: [...transforms.DATE_PARTS] }),
    new transforms.DateParts({ columns: ['on'], invalid: 'missing' }),
  ],
  DropColumns: [new transforms.DropColumns(['a', 'c*'])],
  DropConstantColumns: [new transforms.DropConstantColumns()],
  DropCorrelatedColumns: [new transforms.DropCorrelatedColumns({ threshold: 0.01 })],
  DropDuplicateColumns: [new transforms.DropDuplicateColumns()],
  FeatureUnion: [
    new transforms.FeatureUnion({
      scaled: new transforms.StandardScaler(),
      squares: new transforms.PolynomialFeatures({ columns: ['a'] }),
    }),
  ],
  FrequencyEncoder: [new transforms.FrequencyEncoder({ normalize: true })],
  Log1pTransformer: [new transforms.Log1pTransformer({ columns: ['b', 'c'] })],
  MaxAbsScaler: [new transforms.MaxAbsScaler()],
  MeanImputer: [new transforms.MeanImputer({ addIndicator: true, groupBy: 'city' })],
  MedianImputer: [new transforms.MedianImputer()],
  MinMaxScaler: [
    new transforms.MinMaxScaler({ featureRange: [-1, 2] }),
    new transforms.MinMaxScaler({ clip: true }),
  ],
  ModeImputer: [new transforms.ModeImputer({ groupBy: 'city' })],
  Nystroem: [
    ...(['rbf', 'poly', 'sigmoid', 'linear'] as const).map(
      (kernel) =>
        new Pipeline([
          filled(new transforms.StandardScaler({ columns: numbers })),
          new transforms.Nystroem({ columns: numbers, nComponents: 7, kernel, gamma: 0.3 }),
        ]),
    ),
  ],
  OnColumns: [onColumns(['c', 'a'], new transforms.PolynomialFeatures({ degree: 3 }))],
  OneHotEncoder: [
    new transforms.OneHotEncoder({ columns: ['level', 'city'] }),
    new transforms.OneHotEncoder({ columns: ['level', 'city'], drop: 'first', minFrequency: 0.12 }),
  ],
  OrdinalEncoder: [new transforms.OrdinalEncoder({ unknownValue: -2 })],
  PCA: [
    filled(new transforms.PCA({ columns: numbers })),
    filled(new transforms.PCA({ columns: numbers, nComponents: 2, whiten: true })),
  ],
  PolynomialFeatures: [
    new transforms.PolynomialFeatures({ columns: numbers }),
    new transforms.PolynomialFeatures({ columns: ['a', 'b'], degree: 4, includeBias: true }),
    new transforms.PolynomialFeatures({ columns: numbers, degree: 3, interactionOnly: true }),
  ],
  PowerTransformer: [
    new transforms.PowerTransformer({ standardize: true }),
    new transforms.PowerTransformer({ columns: ['d'], method: 'box-cox' }),
  ],
  QuantileTransformer: [
    new transforms.QuantileTransformer(),
    new transforms.QuantileTransformer({ outputDistribution: 'normal', nQuantiles: 50 }),
  ],
  RBFSampler: [filled(new transforms.RBFSampler({ columns: numbers, gamma: 1e-4, nComponents: 5 }))],
  RecursiveFeatureElimination: [
    filled(
      onColumns(
        numbers,
        new transforms.RecursiveFeatureElimination({ model: new DecisionTreeClassifier(), nFeatures: 1 }),
      ),
    ),
  ],
  RenameColumns: [new transforms.RenameColumns({ a: 'b', b: 'a', level: 'shade' })],
  RobustScaler: [new transforms.RobustScaler()],
  SelectColumns: [new transforms.SelectColumns({ kind: 'numeric' })],
  SelectFromModel: [
    filled(onColumns(numbers, new transforms.SelectFromModel({ model: new DecisionTreeClassifier() }))),
  ],
  SelectKBest: [filled(new transforms.SelectKBest({ k: 2 }))],
  SkewCorrector: [new transforms.SkewCorrector({ threshold: 0 })],
  SplineTransformer: [
    ...(['constant', 'linear', 'continue'] as const).map(
      (extrapolation) => new transforms.SplineTransformer({ extrapolation }),
    ),
    new transforms.SplineTransformer({ nKnots: 2, degree: 2, includeBias: false }),
    new transforms.SplineTransformer({ knots: 'quantile', nKnots: 7, degree: 1 }),
  ],
  StandardScaler: [new transforms.StandardScaler()],
  ValueMapper: [
    new transforms.ValueMapper({ level: { red: 'warm', green: null }, city: { 'city 1': 'city 2' } }),
  ],
  VarianceThreshold: [new transforms.VarianceThreshold({ threshold: 2 })],
  WeightOfEvidenceEncoder: [new transforms.WeightOfEvidenceEncoder({ columns: ['level'] })],
  Winsorizer: [new transforms.Winsorizer(), new transforms.Winsorizer({ bounds: { lower: 0 } })],
};

const restorable = Object.entries(transforms)
  .filter(([, value]) => typeof value === 'function' && 'restore' in value)
  .map(([name]) => name);

test('each transformer is lowered and tested, or rejected with a reason', () => {
  const known = new Set([...Object.keys(transformerLowerings), ...Object.keys(unsupportedClasses)]);
  expect(restorable.filter((name) => !known.has(name))).toEqual([]);
  expect(restorable.filter((name) => !(name in tried) && !(name in unsupportedClasses))).toEqual([]);
});

for (const [name, all] of Object.entries(tried)) {
  all.forEach((transformer, i) => {
    test(`${name} ${i + 1}: a program returns what transform returns, and rejects the same rows`, () => {
      const table = (x: Table) => x.with({ d: x.numeric('b').map((value) => value + 1) });
      const fitted = new Pipeline([transformer as Transformer<FittedTransformer>]).fit(table(train), labels);
      const given = table(wild);
      const expected = expectedRows(given, (part) => fitted.transform(part).toRows());
      const raw = given.toRows();
      const rows = runRows(fitted, raw);
      expect(rows.filter((row) => row !== undefined).length).toBeGreaterThan(100);
      for (let at = 0; at < rows.length; at++) requireCloseRow(rows[at], expected[at], raw[at]);
    });
  });
}
