import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  type Classifier,
  type FittedClassifier,
  type FittedPipeline,
  type FittedRegressor,
  type FittedSurvivalModel,
  Pipeline,
  type Regressor,
  type Restorable,
  Table,
  type Transformer,
} from '@churn/core';
import * as models from '@churn/models';
import * as mljs from '@churn/models/mljs';
import { ConformalRegressor, GroupThresholdClassifier, ThresholdClassifier } from '@churn/selection';
import { CoxRegression, DiscreteTimeHazards } from '@churn/survival';
import * as transforms from '@churn/transforms';
import {
  ClassTransformation,
  DRLearner,
  SLearner,
  TLearner,
  UpliftForest,
  type UpliftModel,
  XLearner,
} from '@churn/uplift';
import { grownElsewhere } from './grown-elsewhere';

/** A small fitted model in which a class has its part, and what restores it. */
export interface Sample {
  readonly model:
    | FittedPipeline<FittedClassifier>
    | FittedPipeline<FittedRegressor>
    | FittedPipeline<FittedSurvivalModel>;
  readonly classes: readonly Restorable[];
}

const N_ROWS = 60;
const row = Array.from({ length: N_ROWS }, (_, i) => i);
/** Two numeric columns, a category column, dates, and a column of numbers with a gap. */
export const x = Table.fromColumns({
  a: row.map((i) => Math.sin(i * 7) * 3 + (i % 3)),
  b: row.map((i) => Math.exp(Math.cos(i * 3) * 2)),
  level: row.map((i) => ['u', 'v', 'w', 'u', '__proto__'][(i * i) % 5]),
  on: row.map((i) => `2024-0${1 + (i % 9)}-1${i % 10}`),
  gap: row.map((i) => (i % 7 === 0 ? null : i % 5)),
});
/** Target values above 0. */
const above = row.map((i) => 1 + i);
const noise = row.map((i) => (Math.sin(i * 13) > 0.3 ? 1 : 0));
const two = row.map((i) => (i % 3 === 0 ? noise[i] : i % 2));
const three = row.map((i) => ['p', 'q', 'r'][i % 4 === 0 ? noise[i] : i % 3]);

/** Times to an event that half of the rows have had. */
const durations = { durations: row.map((i) => 1 + ((i * 7) % 11)), events: row.map((i) => i % 2) };

/** Classes that the levels tell something of. */
const byLevel = row.map((i) => ['p', 'q', 'r'][(i * i) % 5 === 4 ? i % 3 : (i * i) % 5]);

const load = createRequire(join(process.cwd(), '../packages/models/package.json'));
const regression = load('ml-logistic-regression');
const engines = {
  libsvm: load('libsvm-js/asm.js'),
  forest: load('ml-random-forest').RandomForestClassifier,
  regression: { LogisticRegression: regression.default ?? regression, Matrix: load('ml-matrix').Matrix },
};

const {
  BaggedClassifier,
  CalibratedClassifier,
  DecisionTreeClassifier,
  DummyClassifier,
  DummyRegressor,
  GradientBoostingClassifier,
  LogisticRegression,
  RandomForestClassifier,
  Ridge,
  StackingClassifier,
  StackingRegressor,
  SVC,
  TransformedTargetRegressor,
  VotingClassifier,
  VotingRegressor,
} = models;
const { DropColumns, MeanImputer, OnColumns, OneHotEncoder, SelectColumns, StandardScaler } = transforms;

/** A classifier on two numeric columns. */
function ofClassifier(
  classifier: Classifier,
  classes: readonly Restorable[],
  y: readonly (string | number)[] = two,
  columns: readonly string[] = ['a', 'b'],
): Sample {
  return {
    model: new Pipeline([new SelectColumns(columns)], classifier).fit(x, y),
    classes: [SelectColumns, ...classes],
  };
}

/** A transformer before a classifier that looks at no value. */
function ofTransformer(
  transformer: Transformer,
  restorable: Restorable,
  inside: readonly Restorable[] = [],
  y: readonly (string | number)[] = two,
): Sample {
  return {
    model: new Pipeline([transformer], new DummyClassifier()).fit(x, y),
    classes: [restorable, ...inside, DummyClassifier],
  };
}

const scaled = new Pipeline([new SelectColumns(['a', 'b']), new StandardScaler()], new LogisticRegression());
const inside = [SelectColumns, StandardScaler, LogisticRegression];
const tree = { maxDepth: 4, maxBins: 16 };
/** Members of ensembles, of columns of their own. */
const blended: readonly Classifier[] = [
  scaled,
  new Pipeline<FittedClassifier>([new SelectColumns(['gap', 'a'])], new DecisionTreeClassifier(tree)),
];

/** A class of transformers by a definition, whose options it can be tested with. */
interface DefinedClass extends Restorable {
  new (options?: object): Transformer;
  readonly example?: object;
}

/** A sample of each transformer, by the example of its definition. */
function ofDefinitions(): Record<string, () => Sample[]> {
  const classes = Object.values<unknown>(transforms).filter(
    (value): value is DefinedClass => typeof value === 'function' && 'example' in value,
  );
  return Object.fromEntries(classes.map((Class) => [Class.type, () => [ofExample(Class)]]));
}

function ofExample(Class: DefinedClass): Sample {
  try {
    return ofTransformer(new Class(Class.example), Class);
  } catch (cause) {
    throw new Error(
      `${Class.type}: no sample; give its definition an example that fits \`x\`, or list one here`,
      {
        cause,
      },
    );
  }
}

/** A sample of each model as it is without options, on two numeric columns; below there are more telling ones of some. */
const ofDefaults = Object.fromEntries([
  ...models.classifiers.map((definition) => [
    definition.type,
    () => [ofClassifier(new definition(), [definition])],
  ]),
  ...models.regressors.map((definition) => [
    definition.type,
    () => [
      {
        model: new Pipeline([new SelectColumns(['a', 'b'])], new definition() as Regressor).fit(x, above),
        classes: [SelectColumns, definition],
      },
    ],
  ]),
]);

/** Regressors to be put inside of others. */
const regressors = ['a', 'b'].map((name) => new Pipeline([new SelectColumns([name])], new Ridge()));

/** Every other row was treated. */
const arms = { treatment: 'arm', control: 0 };

/** A model of uplift on a few columns. */
function ofUplift(model: UpliftModel, restorable: Restorable, columns = ['a', 'b']): Sample {
  const table = x.select(columns).with({ arm: Float64Array.from(row, (i) => i % 2) });
  return {
    model: new Pipeline([], model).fit(table, noise),
    classes: [restorable, Ridge, LogisticRegression],
  };
}

/** Samples of what has no such definition, and of transformers that need others than their example. */
const OTHERS: Readonly<Record<string, () => Sample[]>> = {
  Binner: () => [
    ofTransformer(new transforms.Binner({ columns: ['a', 'gap'] }), transforms.Binner),
    ofTransformer(new transforms.Binner({ columns: ['b'], encode: 'label' }), transforms.Binner),
  ],
  CategoryEncoder: () => [
    ofTransformer(new transforms.CategoryEncoder({ columns: ['level'] }), transforms.CategoryEncoder),
    ofTransformer(
      new transforms.CategoryEncoder({ columns: ['level'], smoothing: 'auto' }),
      transforms.CategoryEncoder,
      [],
      three,
    ),
  ],
  ConformalRegressor: () =>
    (['split', 'cross'] as const).map((method) => {
      const regressor = new DummyRegressor();
      const options = {
        regressor,
        method,
        ...(method === 'cross' && { cv: 3, residualRegressor: regressor }),
      };
      return {
        model: new Pipeline([], new ConformalRegressor(options)).fit(x, row),
        classes: [ConformalRegressor, DummyRegressor],
      };
    }),
  ConstantImputer: () => [
    ofTransformer(
      new transforms.ConstantImputer({ value: 1, addIndicator: true }),
      transforms.ConstantImputer,
    ),
    ofTransformer(new transforms.ConstantImputer({ value: 'none' }), transforms.ConstantImputer),
  ],
  DateParts: () => [ofTransformer(new transforms.DateParts({ columns: ['on'] }), transforms.DateParts)],
  DropColumns: () => [ofTransformer(new DropColumns(['on', 'l*']), DropColumns)],
  DropCorrelatedColumns: () => [
    ofTransformer(
      new transforms.DropCorrelatedColumns({ threshold: 0.01 }),
      transforms.DropCorrelatedColumns,
    ),
  ],
  FeatureUnion: () => [
    ofTransformer(
      new transforms.FeatureUnion({
        one: new OneHotEncoder({ columns: ['level'] }),
        two: new StandardScaler({ columns: ['a'] }),
      }),
      transforms.FeatureUnion,
      [OneHotEncoder, StandardScaler],
    ),
  ],
  FrequencyEncoder: () => [
    ofTransformer(new transforms.FrequencyEncoder({ normalize: true }), transforms.FrequencyEncoder),
  ],
  Log1pTransformer: () => [
    ofTransformer(new transforms.Log1pTransformer({ columns: ['b'] }), transforms.Log1pTransformer),
  ],
  MeanImputer: () => [
    ofTransformer(new MeanImputer({ groupBy: 'level', addIndicator: true }), MeanImputer),
    {
      model: new Pipeline(
        [new SelectColumns(['a', 'gap']), new MeanImputer(), new StandardScaler()],
        new LogisticRegression(),
      ).fit(x, two),
      classes: [MeanImputer, ...inside],
    },
  ],
  MedianImputer: () => [
    ofTransformer(
      new transforms.MedianImputer({ groupBy: 'level', addIndicator: true }),
      transforms.MedianImputer,
    ),
  ],
  MinMaxScaler: () => [
    ofTransformer(new transforms.MinMaxScaler({ clip: true }), transforms.MinMaxScaler),
    ofTransformer(new transforms.MinMaxScaler({ featureRange: [-1, 1] }), transforms.MinMaxScaler),
  ],
  ModeImputer: () => [
    ofTransformer(
      new transforms.ModeImputer({ columns: ['gap', 'on'], groupBy: 'level', addIndicator: true }),
      transforms.ModeImputer,
    ),
  ],
  OnColumns: () => [
    ofTransformer(new OnColumns(['level', 'on'], new OneHotEncoder()), OnColumns, [OneHotEncoder]),
    ofTransformer(new OnColumns({ kind: 'numeric' }, new OnColumns(['a'], new StandardScaler())), OnColumns, [
      StandardScaler,
    ]),
  ],
  OneHotEncoder: () => [
    ofTransformer(new OneHotEncoder({ columns: ['level'], drop: 'first' }), OneHotEncoder),
    ofTransformer(new OneHotEncoder({ minFrequency: 8 }), OneHotEncoder),
  ],
  PCA: () => [ofTransformer(new transforms.PCA({ columns: ['a', 'b'], whiten: true }), transforms.PCA)],
  PolynomialFeatures: () => [
    ofTransformer(
      new transforms.PolynomialFeatures({ columns: ['a', 'b', 'gap'], degree: 3, includeBias: true }),
      transforms.PolynomialFeatures,
    ),
  ],
  PowerTransformer: () => [
    ofTransformer(new transforms.PowerTransformer({ standardize: true }), transforms.PowerTransformer),
    ofTransformer(
      new transforms.PowerTransformer({ columns: ['b'], method: 'box-cox' }),
      transforms.PowerTransformer,
    ),
  ],
  QuantileTransformer: () => [
    ofTransformer(
      new transforms.QuantileTransformer({ nQuantiles: 8, outputDistribution: 'normal' }),
      transforms.QuantileTransformer,
    ),
  ],
  RecursiveFeatureElimination: () => [
    ofTransformer(
      new transforms.RecursiveFeatureElimination({
        model: new RandomForestClassifier({ nEstimators: 3 }),
        columns: ['a', 'b'],
      }),
      transforms.RecursiveFeatureElimination,
    ),
  ],
  RenameColumns: () => [
    ofTransformer(new transforms.RenameColumns({ a: 'b', b: 'a' }), transforms.RenameColumns),
  ],
  SelectColumns: () => [ofTransformer(new SelectColumns({ pattern: '*e*' }), SelectColumns)],
  SelectFromModel: () => [
    ofTransformer(
      new transforms.SelectFromModel({
        model: new RandomForestClassifier({ nEstimators: 3 }),
        columns: ['a', 'b'],
      }),
      transforms.SelectFromModel,
    ),
  ],
  SelectKBest: () => [
    ofTransformer(new transforms.SelectKBest({ k: 1, columns: ['a', 'b'] }), transforms.SelectKBest),
  ],
  SkewCorrector: () => [
    ofTransformer(new transforms.SkewCorrector({ threshold: 0.1 }), transforms.SkewCorrector),
  ],
  ValueMapper: () => [
    ofTransformer(new transforms.ValueMapper({ level: { u: 'v', w: null } }), transforms.ValueMapper),
  ],
  VarianceThreshold: () => [
    ofTransformer(new transforms.VarianceThreshold({ threshold: 2 }), transforms.VarianceThreshold),
  ],
  WeightOfEvidenceEncoder: () => [
    ofTransformer(
      new transforms.WeightOfEvidenceEncoder({ columns: ['level'] }),
      transforms.WeightOfEvidenceEncoder,
    ),
  ],

  BaggedClassifier: () => [
    {
      model: new Pipeline([], new BaggedClassifier({ classifier: scaled, cv: 3 })).fit(x, two),
      classes: [BaggedClassifier, ...inside],
    },
  ],
  CalibratedClassifier: () =>
    (['sigmoid', 'isotonic', 'beta', 'temperature', 'auto'] as const).flatMap((method) =>
      [two, three].map((y) => ({
        model: new Pipeline([], new CalibratedClassifier({ classifier: scaled, method, cv: 3 })).fit(x, y),
        classes: [CalibratedClassifier, ...inside],
      })),
    ),
  ClassTransformation: () => [
    ofUplift(new ClassTransformation({ ...arms, learner: new LogisticRegression() }), ClassTransformation),
  ],
  CoxRegression: () =>
    [{}, { alpha: 0.1, l1Ratio: 0.5 }, { strata: ['level'] }].map((options) => ({
      model: new Pipeline(
        [new SelectColumns(['a', 'b', ...(options.strata ?? [])])],
        new CoxRegression(options),
      ).fit(x, durations),
      classes: [SelectColumns, CoxRegression],
    })),
  DecisionTreeClassifier: () => [
    ofClassifier(new DecisionTreeClassifier(tree), [DecisionTreeClassifier], two, ['a', 'b', 'gap']),
  ],
  DiscreteTimeHazards: () =>
    [new LogisticRegression(), new RandomForestClassifier({ ...tree, nEstimators: 3 })].map((classifier) => ({
      model: new Pipeline(
        [new SelectColumns(['a', 'b'])],
        new DiscreteTimeHazards({ classifier, nIntervals: 4 }),
      ).fit(x, durations),
      classes: [SelectColumns, DiscreteTimeHazards, LogisticRegression, RandomForestClassifier],
    })),
  DRLearner: () => [
    ofUplift(new DRLearner({ ...arms, learner: new Ridge(), effectLearner: new Ridge(), cv: 2 }), DRLearner),
  ],
  DummyClassifier: () =>
    (['prior', 'stratified', 'uniform', 'mostFrequent'] as const).map((strategy) =>
      ofClassifier(new DummyClassifier({ strategy }), [DummyClassifier], three),
    ),
  GradientBoostingClassifier: () =>
    [two, three, byLevel].map((y) =>
      ofClassifier(
        new GradientBoostingClassifier({
          nEstimators: 5,
          minSamplesLeaf: 3,
          maxLeafNodes: 6,
          maxBins: 16,
          categories: y === byLevel ? 'statistics' : 'auto',
        }),
        [GradientBoostingClassifier],
        y,
        ['a', 'level', 'gap'],
      ),
    ),
  GroupThresholdClassifier: () => [
    {
      model: new Pipeline(
        [],
        new GroupThresholdClassifier({ classifier: scaled, by: 'level', minRows: 5, cv: 3 }),
      ).fit(x, two),
      classes: [GroupThresholdClassifier, ...inside],
    },
  ],
  LibsvmSvc: () =>
    (['rbf', 'poly', 'linear', 'sigmoid'] as const).map((kernel) =>
      ofClassifier(new mljs.LibsvmSvc({ engine: engines.libsvm, kernel }), [mljs.LibsvmSvc]),
    ),
  LogisticRegression: () => [
    ofClassifier(new LogisticRegression(), [LogisticRegression]),
    ofClassifier(new LogisticRegression(), [LogisticRegression], three),
  ],
  MlLogisticRegression: () =>
    [two, three].map((y) =>
      ofClassifier(
        new mljs.MlLogisticRegression({ engine: engines.regression, numSteps: 20 }),
        [mljs.MlLogisticRegression],
        y,
      ),
    ),
  MlRandomForest: () => [
    ofClassifier(
      new mljs.MlRandomForest({ engine: engines.forest, nEstimators: 4, maxDepth: 4 }),
      [mljs.MlRandomForest],
      three,
    ),
  ],
  Pipeline: () => [
    {
      model: new Pipeline([new DropColumns(['on'])], scaled).fit(x, two),
      classes: [DropColumns, ...inside],
    },
  ],
  RandomForestClassifier: () =>
    [two, three].map((y) =>
      ofClassifier(new RandomForestClassifier({ ...tree, nEstimators: 5 }), [RandomForestClassifier], y, [
        'a',
        'b',
        'gap',
      ]),
    ),
  SLearner: () => [ofUplift(new SLearner({ ...arms, learner: new LogisticRegression() }), SLearner)],
  SVC: () => [
    ...(['rbf', 'poly', 'linear', 'sigmoid'] as const).map((kernel) =>
      ofClassifier(new SVC({ kernel }), [SVC]),
    ),
    ofClassifier(new SVC({ kernel: 'poly' }), [SVC], three),
  ],
  StackingClassifier: () =>
    [two, three].map((y) => ({
      model: new Pipeline([], new StackingClassifier({ classifiers: blended, cv: 3 })).fit(x, y),
      classes: [StackingClassifier, SelectColumns, DecisionTreeClassifier, ...inside],
    })),
  StackingRegressor: () => [
    {
      model: new Pipeline([], new StackingRegressor({ regressors: regressors, cv: 3 })).fit(x, above),
      classes: [StackingRegressor, SelectColumns, Ridge],
    },
  ],
  TLearner: () =>
    [new Ridge(), new LogisticRegression()].map((learner) =>
      ofUplift(new TLearner({ ...arms, learner }), TLearner),
    ),
  ThresholdClassifier: () => [
    {
      model: new Pipeline([], new ThresholdClassifier({ classifier: scaled, cv: 3 })).fit(x, two),
      classes: [ThresholdClassifier, ...inside],
    },
  ],
  TransformedTargetRegressor: () => [
    {
      model: new Pipeline([], new TransformedTargetRegressor({ regressor: regressors[0] })).fit(x, above),
      classes: [TransformedTargetRegressor, SelectColumns, Ridge],
    },
  ],
  UpliftForest: () => [
    ofUplift(
      new UpliftForest({
        ...arms,
        nEstimators: 3,
        maxSamples: 1,
        honest: false,
        minSamplesLeaf: 5,
        minSamplesTreatment: 2,
        maxBins: 16,
      }),
      UpliftForest,
      ['a', 'level', 'gap'],
    ),
  ],
  VotingClassifier: () =>
    [two, three].map((y) => ({
      model: new Pipeline([], new VotingClassifier({ classifiers: blended, weights: [1, 2] })).fit(x, y),
      classes: [VotingClassifier, SelectColumns, DecisionTreeClassifier, ...inside],
    })),
  VotingRegressor: () => [
    {
      model: new Pipeline([], new VotingRegressor({ regressors: regressors, weights: [1, 2] })).fit(x, above),
      classes: [VotingRegressor, SelectColumns, Ridge],
    },
  ],
  XLearner: () =>
    [0.5, new LogisticRegression()].map((propensity) =>
      ofUplift(
        new XLearner({ ...arms, learner: new Ridge(), effectLearner: new Ridge(), propensity }),
        XLearner,
      ),
    ),
};

/** Samples of each class that a model file can name. */
export const SAMPLES: Readonly<Record<string, () => Sample[]>> = {
  ...ofDefaults,
  ...ofDefinitions(),
  ...grownElsewhere(x),
  ...OTHERS,
};
