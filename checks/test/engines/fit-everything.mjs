// Fits every transformer and model of the packages to the same data, and prints a hash of each of what they give: model files,
// predictions, metrics and figures. The same text is expected of every engine.
import * as core from '@churn/core';
import * as eda from '@churn/eda';
import * as models from '@churn/models';
import * as monitor from '@churn/monitor';
import * as selection from '@churn/selection';
import * as survival from '@churn/survival';
import * as transforms from '@churn/transforms';

const { Labels, Pipeline, Random, Table, serializeModel } = core;
const N_ROWS = 400;

const random = new Random('engines');
const times = (of) => Array.from({ length: N_ROWS }, (_, row) => of(row));
const numbers = {
  normal: times(() => random.normal()),
  skewed: times(() => core.exp(1.5 * random.normal())),
  whole: times(() => random.int(40)),
  gaps: times(() => (random.uniform() < 0.1 ? null : 1e4 * random.uniform() - 2e3)),
};
const words = {
  plan: times(() => ['basic', 'plus', 'family', 'student'][random.int(4)]),
  region: times(() => (random.uniform() < 0.1 ? null : `region ${random.int(9)}`)),
};
const dates = times((row) => new Date(Date.UTC(2020, 0, 1 + 3 * row)).toISOString().slice(0, 10));
const score = times(
  (row) =>
    numbers.normal[row] +
    core.log(numbers.skewed[row]) +
    (words.plan[row] === 'plus' ? 1 : 0) +
    random.normal(),
);
const table = Table.fromColumns({ ...numbers, ...words });
const complete = Table.fromColumns({ normal: numbers.normal, skewed: numbers.skewed, whole: numbers.whole });
const positive = Table.fromColumns({
  skewed: numbers.skewed,
  other: numbers.whole.map((value) => value + 1),
});
const leaves = Labels.from(score.map((value) => value > 0.5));
const kinds = Labels.from(score.map((value) => (value < -1 ? 'low' : value < 1 ? 'middle' : 'high')));
const weights = times(() => 0.5 + random.uniform());

const { onColumns } = transforms;
/** Each transformer with the table that it is fitted to. */
const transformers = {
  Binner: [
    [new transforms.Binner(), table],
    [new transforms.Binner({ strategy: 'uniform', encode: 'label' }), table],
  ],
  CategoryEncoder: [[new transforms.CategoryEncoder({ smoothing: 5 }), table]],
  Clip: [[new transforms.Clip({ min: -1, max: 1 }), complete]],
  ConstantImputer: [[new transforms.ConstantImputer({ columns: ['gaps'], value: 0.1 }), table]],
  DateParts: [[new transforms.DateParts({ columns: ['since'] }), Table.fromColumns({ since: dates })]],
  DropColumns: [[new transforms.DropColumns(['whole']), table]],
  DropConstantColumns: [[new transforms.DropConstantColumns(), table]],
  DropCorrelatedColumns: [[new transforms.DropCorrelatedColumns({ threshold: 0.05 }), complete]],
  DropDuplicateColumns: [[new transforms.DropDuplicateColumns(), table]],
  FrequencyEncoder: [[new transforms.FrequencyEncoder({ normalize: true }), table]],
  Log1pTransformer: [[new transforms.Log1pTransformer(), positive]],
  MaxAbsScaler: [[new transforms.MaxAbsScaler(), table]],
  MeanImputer: [[new transforms.MeanImputer(), table]],
  MedianImputer: [[new transforms.MedianImputer(), table]],
  MinMaxScaler: [[new transforms.MinMaxScaler(), table]],
  ModeImputer: [[new transforms.ModeImputer(), table]],
  OnColumns: [[onColumns(['skewed'], new transforms.StandardScaler()), table]],
  OneHotEncoder: [[new transforms.OneHotEncoder(), table]],
  OrdinalEncoder: [[new transforms.OrdinalEncoder(), table]],
  PolynomialFeatures: [[new transforms.PolynomialFeatures({ degree: 3 }), complete]],
  PowerTransformer: [
    [new transforms.PowerTransformer({ standardize: true }), table],
    [new transforms.PowerTransformer({ method: 'box-cox' }), positive],
  ],
  QuantileTransformer: [[new transforms.QuantileTransformer({ outputDistribution: 'normal' }), table]],
  RenameColumns: [[new transforms.RenameColumns({ whole: 'entire' }), table]],
  RobustScaler: [[new transforms.RobustScaler(), table]],
  SelectColumns: [[new transforms.SelectColumns(['skewed']), table]],
  SkewCorrector: [[new transforms.SkewCorrector(), table]],
  StandardScaler: [[new transforms.StandardScaler(), table]],
  ValueMapper: [[new transforms.ValueMapper({ plan: { plus: 'basic' } }), table]],
  VarianceThreshold: [[new transforms.VarianceThreshold(), table]],
  WeightOfEvidenceEncoder: [[new transforms.WeightOfEvidenceEncoder(), table]],
  Winsorizer: [[new transforms.Winsorizer({ quantiles: [0.05, 0.95] }), table]],
  // Whoever writes one of their own decides what it computes with.
  CustomTransformer: [],
  FeatureUnion: [[new transforms.FeatureUnion({ one: new transforms.StandardScaler() }), table]],
  Nystroem: [[new transforms.Nystroem({ nComponents: 20, seed: 1 }), complete]],
  PCA: [[new transforms.PCA({ whiten: true }), complete]],
  RBFSampler: [[new transforms.RBFSampler({ nComponents: 20, seed: 1 }), complete]],
  RecursiveFeatureElimination: [
    [new transforms.RecursiveFeatureElimination({ model: new models.RandomForestClassifier() }), complete],
  ],
  SelectFromModel: [
    [new transforms.SelectFromModel({ model: new models.RandomForestClassifier() }), complete],
  ],
};

const tree = { maxDepth: 5, seed: 3 };
const { LogisticRegression, SVC } = models;
const blended = [new LogisticRegression(), new models.DecisionTreeClassifier(tree)];
/** Each model with the labels that it is fitted to. */
const classifiers = {
  DummyClassifier: [[new models.DummyClassifier(), kinds]],
  LogisticRegression: [
    [new LogisticRegression({ C: 0.3 }), leaves],
    [new LogisticRegression({ penalty: 'l1', C: 0.1 }), leaves],
    [new LogisticRegression(), kinds],
  ],
  DecisionTreeClassifier: [[new models.DecisionTreeClassifier({ ...tree, criterion: 'entropy' }), kinds]],
  RandomForestClassifier: [
    [new models.RandomForestClassifier({ ...tree, nEstimators: 20 }), leaves],
    [
      new models.RandomForestClassifier({
        ...tree,
        nEstimators: 20,
        criterion: 'entropy',
        maxFeatures: 'log2',
      }),
      kinds,
    ],
  ],
  GradientBoostingClassifier: [
    [new models.GradientBoostingClassifier({ nEstimators: 30, seed: 3 }), leaves],
    [new models.GradientBoostingClassifier({ nEstimators: 20, maxLeafNodes: 7, seed: 3 }), kinds],
  ],
  SVC: [
    [new SVC(), leaves],
    [new SVC({ kernel: 'poly' }), leaves],
    [new SVC({ kernel: 'sigmoid', C: 0.2 }), leaves],
    [new SVC({ kernel: 'linear' }), kinds],
  ],
  CalibratedClassifier: [
    [new models.CalibratedClassifier({ classifier: new LogisticRegression(), method: 'sigmoid' }), leaves],
    [new models.CalibratedClassifier({ classifier: new LogisticRegression(), method: 'isotonic' }), leaves],
    [new models.CalibratedClassifier({ classifier: new LogisticRegression(), method: 'beta' }), leaves],
    [new models.CalibratedClassifier({ classifier: new LogisticRegression(), method: 'temperature' }), kinds],
  ],
  BaggedClassifier: [[new models.BaggedClassifier({ classifier: new LogisticRegression() }), leaves]],
  StackingClassifier: [[new models.StackingClassifier({ classifiers: blended }), kinds]],
  VotingClassifier: [[new models.VotingClassifier({ classifiers: blended, weights: [2, 1] }), leaves]],
};

/** Transformers and models, by name, that a package exports and that are not tried above. */
function untried(exported, tried) {
  return Object.entries(exported).filter(
    ([name, value]) => typeof value?.prototype?.fit === 'function' && !Object.hasOwn(tried, name),
  );
}

async function sha256(bytes) {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const ofText = (text) => sha256(new TextEncoder().encode(text));
/** Of all bits, but for those of NaN, which JavaScript does not distinguish. */
const ofNumbers = (arrays) =>
  ofText(
    arrays
      .map((values) => Array.from(values, (value) => (Object.is(value, -0) ? '-0' : String(value))).join())
      .join('\n'),
  );
const ofTable = (output) =>
  ofNumbers(
    Array.from(output.entries(), ([, column]) => (column.kind === 'numeric' ? column.values : column.codes)),
  );

// What is not listed is tried as it is without options.
for (const [name, Class] of untried(transforms, transformers)) {
  if (Class.parameters) transformers[name] = [[new Class(Class.example), complete]];
}
for (const Class of models.classifiers) classifiers[Class.type] ??= [[new Class(), kinds]];

const { GradientBoostingRegressor, Ridge } = models;
const averaged = [new Ridge(), new models.DecisionTreeRegressor(tree)];
const losses = ['squaredError', 'absoluteError', 'huber', 'poisson', 'gamma', 'tweedie'];
/** Regressors that are not tried as they are without options. */
const regressors = {
  GradientBoostingRegressor: [
    ...losses.map((loss) => new GradientBoostingRegressor({ loss, nEstimators: 20, seed: 3 })),
    new GradientBoostingRegressor({ loss: 'quantile', quantiles: [0.1, 0.5, 0.9], nEstimators: 20, seed: 3 }),
  ],
  StackingRegressor: [new models.StackingRegressor({ regressors: averaged })],
  TransformedTargetRegressor: ['log', 'log1p', 'sqrt'].map(
    (func) => new models.TransformedTargetRegressor({ regressor: new Ridge(), func }),
  ),
  VotingRegressor: [new models.VotingRegressor({ regressors: averaged, weights: [2, 1] })],
};
for (const Class of models.regressors) regressors[Class.type] ??= [new Class()];

const survivalModels = {
  CoxRegression: [
    new survival.CoxRegression({ alpha: 0.01 }),
    new survival.CoxRegression({ alpha: 0.01, l1Ratio: 0.5, ties: 'breslow' }),
  ],
  DiscreteTimeHazards: [
    new survival.DiscreteTimeHazards({
      classifier: new models.GradientBoostingClassifier({ nEstimators: 10, seed: 3 }),
    }),
  ],
};

const missing = [
  ...untried(transforms, transformers),
  ...untried(models, { ...classifiers, ...regressors }),
  ...untried(survival, survivalModels),
];
if (missing.length > 0) throw new Error(`not tried: ${missing.map(([name]) => name).join(', ')}`);

const lines = [];
const tell = (name, hash) => lines.push(`${name} ${hash.slice(0, 16)}`);

for (const [name, cases] of Object.entries(transformers)) {
  for (const [i, [transformer, x]] of cases.entries()) {
    const { fitted, output } = core.fitThenTransform(transformer, x, leaves);
    tell(`${name} ${i} state`, await ofText(JSON.stringify(fitted.state)));
    tell(`${name} ${i} output`, await ofTable(output));
  }
}

const steps = () => [
  new transforms.MeanImputer(),
  new transforms.ModeImputer(),
  new transforms.SkewCorrector(),
  new transforms.CategoryEncoder(),
  new transforms.StandardScaler(),
];
for (const [name, cases] of Object.entries(classifiers)) {
  for (const [i, [classifier, y]] of cases.entries()) {
    const model = new Pipeline(steps(), classifier).fit(table, y);
    tell(`${name} ${i} file`, await ofText(await serializeModel(model)));
    tell(`${name} ${i} predictions`, await ofNumbers(model.predictProba(table)));
  }
}

const amounts = score.map((value) => Math.abs(value) + 1);
for (const [name, cases] of Object.entries(regressors)) {
  for (const [i, regressor] of cases.entries()) {
    const model = new Pipeline(steps(), regressor).fit(table, core.TargetValues.from(amounts));
    tell(`${name} ${i} file`, await ofText(await serializeModel(model)));
    tell(`${name} ${i} predictions`, await ofNumbers([model.predict(table)]));
  }
}

const durations = core.Durations.from({ durations: amounts, events: leaves.codes });
for (const [name, cases] of Object.entries(survivalModels)) {
  for (const [i, model] of cases.entries()) {
    const fitted = new Pipeline(steps(), model).fit(table, durations);
    tell(`${name} ${i} file`, await ofText(await serializeModel(fitted)));
    tell(`${name} ${i} predictions`, await ofNumbers(fitted.predictSurvival(table, [1, 1.5, 2])));
  }
}
const curve = survival.kaplanMeier(durations);
tell('kaplanMeier', await ofNumbers([curve.survival, curve.lower, curve.upper]));

const weighted = new Pipeline(steps(), new LogisticRegression()).fit(table, leaves, {
  sampleWeight: weights,
});
tell('weights file', await ofText(await serializeModel(weighted)));
const shap = models.treeShap(
  new models.GradientBoostingClassifier({ nEstimators: 10, seed: 1 }).fit(complete, leaves),
  complete,
);
tell(
  'treeShap',
  await ofText(JSON.stringify(shap, (_, value) => (ArrayBuffer.isView(value) ? [...value] : value))),
);

const [, p] = weighted.predictProba(table);
tell('logLoss', await ofNumbers([[selection.logLoss(leaves, p)]]));
tell('rocAuc', await ofNumbers([[selection.rocAuc(leaves, p)]]));
tell('geomspace', await ofNumbers([selection.geomspace(1e-3, 20, 50)]));
const searched = await selection.halvingSearch(
  {
    candidates: selection.geomspace(1e-3, 10, 6).map((C) => ({ C })),
    pipeline: ({ C }) => new Pipeline(steps(), new LogisticRegression({ C })),
    scoring: selection.scorers.logLoss,
  },
  table,
  leaves,
);
tell(
  'halvingSearch',
  await ofText(
    JSON.stringify(
      searched.rounds.map(({ candidates }) => candidates.map(({ params, scores }) => [params, scores])),
    ),
  ),
);
tell('profile', await ofText(JSON.stringify(eda.profile(table, { target: leaves }))));
const reference = {
  ...monitor.referenceProfile(table),
  score: monitor.scoreReference([p.map((each) => 1 - each), p], leaves, leaves.classes),
};
const counts = new monitor.ProfileCounts(reference);
const half = p.slice(0, N_ROWS / 2);
counts.add(table.sample(N_ROWS / 2), [half.map((each) => 1 - each), half]);
tell('drift', await ofText(JSON.stringify(monitor.compareProfiles(reference, counts))));
tell('performance', await ofText(JSON.stringify(monitor.estimatePerformance(reference.score, counts))));

process.stdout.write(`${lines.join('\n')}\n`);
