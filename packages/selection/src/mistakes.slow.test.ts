import { ChurnError, type FittedClassifier, Labels, Table, TargetValues } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { MeanRegressor } from '../test/mean-regressor.js';
import * as selection from './index.js';
import * as node from './node/index.js';

const {
  crossValScore,
  GroupKFold,
  gridSearch,
  KFold,
  labelScorer,
  permutationImportance,
  planCampaign,
  Repeated,
  StratifiedGroupKFold,
  StratifiedKFold,
  search,
  scorers,
  ThresholdClassifier,
  thresholdsByGroup,
  trainTestSplit,
  tuneThreshold,
} = selection;

const n = 20;
const rows = Array.from({ length: n }, (_, i) => ({ a: (i * 7) % 11, b: (i * 5) % 3 }));
const x = Table.fromRows(rows);
const y = rows.map(({ a }, i) => (a + (i % 3) > 6 ? 1 : 0));
const text = y.map((code) => (code === 1 ? 'left' : 'stayed'));
const p = y.map((code, i) => (code + (i % 4)) / 5);
const amounts = rows.map(({ a }) => a / 3);
const positive = amounts.map((amount) => amount + 1);
const groups = rows.map((_, i) => i % 6);
const model = new LogisticRegression();
const fitted: FittedClassifier = model.fit(x, y);
const pipeline = (params?: { C?: number }) => new LogisticRegression({ C: params?.C ?? 1 });
const ofMetric = { sampleWeight: y.map(() => 1) };
const economics = { value: amounts, contact: 1, offer: 2, acceptance: { alpha: 6, beta: 14 } };
const ofCosts = { ...ofMetric, falsePositive: 1, falseNegative: positive };
const plan = planCampaign(p, economics);
const thresholds = thresholdsByGroup(
  y,
  p,
  y.map(() => 'a'),
  { maximise: 'f1' },
  { minRows: 1 },
);
const splits = new StratifiedKFold({ nSplits: 2 }).split(x, y);
const bestOf = [{ index: 0, params: {}, rank: 1, scores: {}, fitMs: 1, scoreMs: 1 }];

/** A right call of each export, and where its options are, if it has any. */
const calls: Readonly<Record<string, readonly [args: readonly unknown[], options?: number]>> = {
  ...Object.fromEntries(
    ['accuracy', 'balancedAccuracy', 'classificationReport', 'cohenKappa', 'confusionMatrix', 'f1']
      .concat('matthewsCorrcoef', 'precision', 'precisionRecallF1', 'recall')
      .map((name) => [name, [[y, y, ofMetric], 2]]),
  ),
  ...Object.fromEntries(
    ['averagePrecision', 'brierScore', 'calibrationCurve', 'cumulativeGains', 'expectedCalibrationError']
      .concat('ksStatistic', 'liftCurve', 'logLoss', 'precisionRecallCurve', 'rocAuc', 'rocCurve')
      .map((name) => [name, [[y, p, ofMetric], 2]]),
  ),
  ...Object.fromEntries(
    Object.values(scorers)
      .filter(({ needs }) => needs === 'values')
      .map(({ name }) => [name, [[positive, positive, ofMetric], 2]]),
  ),
  ...Object.fromEntries(
    [
      ...['regressionScorer', 'labelScorer', 'orderScorer', 'probabilityScorer', 'riskScorer'],
      'survivalScorer',
    ].map((name) => [name, [[() => 1, { name: 'one' }], 1]]),
  ),
  ...Object.fromEntries(
    ['GroupKFold', 'KFold', 'StratifiedGroupKFold', 'StratifiedKFold', 'StratifiedShuffleSplit']
      .concat('TimeSeriesSplit')
      .map((name) => [name, [[{ nSplits: 3 }], 0]]),
  ),
  ...Object.fromEntries(
    ['averageCost', 'savings'].map((name) => [name, [[y, y.map((code) => 1 - code), ofCosts], 2]]),
  ),
  ...Object.fromEntries(['expectedCost', 'expectedSavings'].map((name) => [name, [[y, p, ofCosts], 2]])),
  ...Object.fromEntries(
    ['expectedMaximumProfit', 'mostProfitableShare', 'profitCurve'].map((name) => [
      name,
      [[y, p, { ...ofMetric, ...economics }], 2],
    ]),
  ),
  bayesSearch: [[{ space: { C: selection.uniform(1, 2) }, pipeline, cv: 2, nCandidates: 2 }, x, y, {}], 0],
  bestMean: [[bestOf]],
  bootstrapInterval: [[selection.rocAuc, y, p, { nResamples: 5 }], 3],
  bootstrapIntervals: [[{ rocAuc: selection.rocAuc }, y, p, { nResamples: 5 }], 3],
  campaignCosts: [[economics, n], 0],
  chooseByLogLoss: [
    [[{ ...bestOf[0], scores: { logLoss: { folds: [1], mean: 1, std: 0 } } }], scorers.logLoss],
  ],
  ConformalRegressor: [[{ regressor: new MeanRegressor(), method: 'cross', cv: 3, seed: 1 }], 0],
  costThresholds: [[{ falsePositive: 1, falseNegative: positive }, n], 0],
  crossValPredict: [[model, x, y, { cv: 2 }], 3],
  crossValScore: [[model, x, y, { cv: 2 }], 3],
  expectedNetValues: [[p, economics], 1],
  fitCandidates: [[[{ C: 1 }], { pipeline, classes: [LogisticRegression] }, x, y, {}], 1],
  FittedConformalRegressor: [
    [
      new MeanRegressor().fit(x, amounts),
      [{ regressor: new MeanRegressor().fit(x, amounts), scores: Float64Array.of(1) }],
      'absolute',
    ],
  ],
  FittedGroupThresholdClassifier: [[fitted, 'b', { overall: 0.5, groups: new Map([['level', 0.4]]) }]],
  FittedThresholdClassifier: [[fitted, 0.5]],
  fBeta: [[y, y, { beta: 2 }], 2],
  formatClassificationReport: [[selection.classificationReport(y, y), { digits: 3 }], 1],
  demographicParity: [[y, y, y, ofMetric], 3],
  equalisedOdds: [[y, y, y, ofMetric], 3],
  equalOpportunity: [[y, y, y, ofMetric], 3],
  acquisitionScorer: [[{ contribution: 9, contact: 1, sales: 1, directSelling: 0.5, commission: 0.1 }], 0],
  expectedMaximumProfitAcquisition: [[y, p, { ...ofMetric, contribution: amounts, contact: 1 }], 2],
  simulateProfit: [[plan, p, economics, { nCampaigns: 100 }], 3],
  decisionThresholds: [[thresholds]],
  errorSlices: [[x, p, { maxDepth: 1, nResamples: 5 }], 2],
  falsePositiveRate: [[y, y, ofMetric], 2],
  geomspace: [[1, 10, 3]],
  GroupThresholdClassifier: [[{ classifier: model, by: 'b', parity: 'equalOpportunity' }], 0],
  gridSearch: [[{ grid: { C: [1] }, pipeline, cv: 2 }, x, y, {}], 0],
  halvingSearch: [[{ candidates: [{ C: 1 }], pipeline, cv: 2 }, x, y, {}], 0],
  improvement: [[scorers.f1, 1, 2]],
  leastCostCodes: [
    [
      [p, p],
      [
        [0, 1],
        [1, 0],
      ],
    ],
  ],
  learningCurve: [[model, x, y, { cv: 2, trainSizes: [1] }], 3],
  logUniform: [[1, 2]],
  logInteger: [[1, 2]],
  misclassificationCost: [
    [
      y,
      y,
      {
        ...ofMetric,
        costs: [
          [0, 1],
          [1, 0],
        ],
      },
    ],
    2,
  ],
  metricsByGroup: [[y, y, y, { metrics: { rate: selection.selectionRate }, nResamples: 5 }], 3],
  oneOf: [[[1, 2]]],
  oneStandardError: [[() => 1]],
  profitScorer: [[{ ...economics, value: 9 }], 0],
  PieceRunner: [[{ x, y: Labels.from(y), splits }, () => model]],
  PipelineModule: [['file:///nowhere.js', 'pipeline', null]],
  paramGrid: [[{ C: [1] }]],
  permutationImportance: [[fitted, x, y, { nRepeats: 1 }], 3],
  permutationTestScore: [[model, x, y, { cv: 2, nPermutations: 1 }], 3],
  planCampaign: [[p, economics, { capacity: 2, budget: 9, uplift: p }], 2],
  planSearch: [[[model], 2]],
  Repeated: [[new KFold(), { nRepeats: 2 }], 1],
  randomSearch: [[{ draw: () => ({ C: 1 }), pipeline, cv: 2, nCandidates: 1 }, x, y, {}], 0],
  rowGroups: [[y, { minRows: 1 }], 1],
  scoreFolds: [[Labels.from(y), [p.map((each) => 1 - each), p], splits, 'logLoss']],
  search: [[[{ C: 1 }], { pipeline, cv: 2 }, x, y, {}], 1],
  selectEnsemble: [[y, [[p.map((each) => 1 - each), p]], {}], 2],
  selectionRate: [[y, y, ofMetric], 2],
  stratifiedSample: [[y, { size: 4 }], 1],
  ThresholdClassifier: [[{ classifier: model }], 0],
  thresholdsByGroup: [[y, p, y.map(() => 'a'), { maximise: 'f1' }, { ...ofMetric, minRows: 1 }], 4],
  trainTestSplit: [[y, { seed: 1 }], 1],
  tuneThreshold: [[y, p, { maximise: 'f1' }, ofMetric], 3],
  uniform: [[1, 2]],
  validationCurve: [[pipeline, [{ C: 1 }], x, y, { cv: 2 }], 4],
  integer: [[1, 2]],
  folderCache: [['folder']],
  threadExecutor: [[2]],
};

type Exported = (...args: unknown[]) => unknown;

/** What executors call with the rows of a search, which it has checked. */
const ofExecutors = ['readShared', 'shareData'];

const exported = Object.entries<unknown>({ ...selection, ...node }).filter(
  (entry): entry is [string, Exported] => typeof entry[1] === 'function' && !ofExecutors.includes(entry[0]),
);

function shown(value: unknown): string {
  return `${Object.prototype.toString.call(value)} ${String(value)}`.slice(0, 60).replaceAll('\n', ' ');
}

/** What a call throws; `undefined` if it goes well. */
async function thrownBy(call: () => unknown): Promise<unknown> {
  try {
    await call();
  } catch (error) {
    return error;
  }
  return undefined;
}

function called(name: string, each: (...args: unknown[]) => unknown, args: readonly unknown[]) {
  const isClass = name[0] !== name[0].toLowerCase();
  return () => (isClass ? Reflect.construct(each, args) : each(...args));
}

it('each export has a valid call here', async () => {
  expect(exported.map(([name]) => name).filter((name) => !Object.hasOwn(calls, name))).toEqual([]);
  for (const [name, each] of exported)
    expect([name, await thrownBy(called(name, each, calls[name][0]))]).toEqual([name, undefined]);
});

const hostile: readonly unknown[] = [
  undefined,
  null,
  0,
  -1,
  1.5,
  NaN,
  'text',
  true,
  {},
  [],
  [undefined],
  [null, null],
  ['a'],
  [[]],
  [{}],
  () => 1,
  KFold,
  new Date(0),
  new Map(),
  10n,
  x,
  amounts,
  text,
  TargetValues.from(amounts),
  new Float64Array(2),
  fitted,
  new StandardScaler(),
];

describe.each(exported)('%s', (name, each) => {
  const [args, options] = calls[name];

  it('throws only ChurnErrors for any value of an argument', async () => {
    const raw: string[] = [];
    for (const [place] of args.entries())
      for (const wrong of hostile) {
        const mistaken = args.map((arg, i) => (i === place ? wrong : arg));
        const error = await thrownBy(called(name, each, mistaken));
        if (error !== undefined && !ChurnError.is(error))
          raw.push(`argument ${place} = ${shown(wrong)}: ${error}`);
      }
    const given = options === undefined ? {} : (args[options] as Readonly<Record<string, unknown>>);
    for (const option of Object.keys(given))
      for (const wrong of hostile) {
        const mistaken = args.map((arg, i) => (i === options ? { ...given, [option]: wrong } : arg));
        const error = await thrownBy(called(name, each, mistaken));
        if (error !== undefined && !ChurnError.is(error)) raw.push(`${option} = ${shown(wrong)}: ${error}`);
      }
    const error = await thrownBy(called(name, each, []));
    if (error !== undefined && !ChurnError.is(error)) raw.push(`no arguments: ${error}`);
    expect(raw).toEqual([]);
  });

  if (options === undefined) return;
  it('rejects unknown options', async () => {
    const mistaken = args.map((arg, i) => (i === options ? { ...(arg as object), seeed: 1 } : arg));
    expect(await thrownBy(called(name, each, mistaken))).toMatchObject({
      code: 'invalid-parameter',
      message: expect.stringMatching(/^seeed: unknown/),
    });
  });
});

describe('a common mistake is explained', () => {
  const unfit = 'expected an unfitted model, got';
  it.each<[string, () => unknown, string]>([
    [
      'an underscore',
      () => crossValScore(model, x, y, { scoring: 'roc_auc' as 'rocAuc' }),
      'scoring: unknown scorer "roc_auc"; did you mean rocAuc?',
    ],
    [
      'a metric as a scorer',
      () => crossValScore(model, x, y, { scoring: selection.rocAuc as never }),
      'scoring: expected a scorer, as labelScorer makes one of a metric, or the name of one, got',
    ],
    [
      'a regression scorer',
      () => crossValScore(model, x, y, { scoring: 'r2' }),
      'scoring: expected a scorer of classes, got r2, which scores values',
    ],
    [
      'no scorers',
      () => search([{}], { pipeline, scoring: [] as never }, x, y),
      'scoring: expected a scorer or several, got []',
    ],
    [
      'a duplicate scorer',
      () => search([{}], { pipeline, scoring: ['f1', 'f1'] }, x, y),
      'scoring: expected scorers of different names',
    ],
    [
      'one fold',
      () => crossValScore(model, x, y, { cv: 1 }),
      'cv: expected a splitter, or a number of folds of at least 2, got 1',
    ],
    [
      'folds as text',
      () => crossValScore(model, x, y, { cv: '5' as never }),
      'cv: expected a splitter, or a number of folds of at least 2, got "5"',
    ],
    [
      'a splitter class',
      () => crossValScore(model, x, y, { cv: KFold as never }),
      'cv: expected a splitter, or a number of folds of at least 2, got the function or class KFold',
    ],
    [
      'a class as a model',
      () => crossValScore(LogisticRegression as never, x, y),
      `model: ${unfit} the class LogisticRegression; create an instance with new`,
    ],
    [
      'a fitted model',
      () => crossValScore(fitted as never, x, y),
      `model: ${unfit} a fitted LogisticRegression`,
    ],
    [
      'a transformer',
      () => crossValScore(new StandardScaler() as never, x, y),
      `model: ${unfit} a transformer`,
    ],
    [
      'a class from a builder',
      () => search([1], { pipeline: () => LogisticRegression as never }, x, y),
      `candidate 0 (1): pipeline: ${unfit} the class LogisticRegression; create an instance with new`,
    ],
    [
      'a class as a builder',
      () => gridSearch({ grid: { C: [1] }, pipeline: LogisticRegression as never }, x, y),
      'pipeline: expected a function that builds a pipeline, or a PipelineModule, got the function or class LogisticRegression',
    ],
    [
      'a model as a builder',
      () => gridSearch({ grid: { C: [1] }, pipeline: model as never }, x, y),
      'pipeline: expected a function that builds a pipeline, or a PipelineModule, got {',
    ],
    [
      'a value instead of a list',
      () => gridSearch({ grid: { C: 1 } as never, pipeline }, x, y),
      'grid.C: expected a list of values, got 1',
    ],
    [
      'no target',
      () => crossValScore(model, x, undefined as never),
      'expected labels, one per row, got undefined',
    ],
    [
      'numbers as labels',
      () => crossValScore(model, x, amounts),
      'expected class labels, but row 1 has 2.3333333333333335; for regression use a regressor or TargetValues.from(valu',
    ],
    [
      'labels as target values',
      () => crossValScore(new MeanRegressor(), x, text as never),
      'row 0: expected a finite number, got "stayed"',
    ],
    [
      'too few values to stratify',
      () => new StratifiedKFold().split(x, TargetValues.from(amounts.slice(1))),
      'y: expected a number for each of 20 rows, got 19',
    ],
    ['too few labels', () => crossValScore(model, x, y.slice(1)), 'expected 20 labels, one per row, got 19'],
    [
      'a matrix',
      () => crossValScore(model, [[1, 2]] as never, y),
      'row 0: expected an object of values by column, got a list; use fromMatrix for lists',
    ],
    [
      'anything but a table',
      () => crossValScore(model, 'x' as never, y),
      'x: expected a table or rows of objects, got "x"',
    ],
    ['a misspelt option', () => new KFold({ nSplit: 3 } as never), 'nSplit: unknown; did you mean nSplits?'],
    ['a Python name', () => new KFold({ n_splits: 3 } as never), 'n_splits: unknown; did you mean nSplits?'],
    [
      'a number as options',
      () => new KFold(5 as never),
      'options: expected an object of parameters by name, got 5',
    ],
    [
      'text as a number',
      () => trainTestSplit(y, { testSize: '0.3' as never }),
      'testSize: expected a share between 0 and 1, or a number of rows, got "0.3"',
    ],
    [
      'no groups',
      () => new GroupKFold().split(x, y),
      'groups: expected a label for each of 20 rows, got nothing',
    ],
    [
      'no labels',
      () => new StratifiedGroupKFold().split(x, undefined, groups),
      'y: expected a label for each of 20 rows, got nothing',
    ],
    [
      'a series to be repeated',
      () => new Repeated(new selection.TimeSeriesSplit() as never),
      'splitter: expected a splitter that can be shuffled',
    ],
    [
      'a specification instead of a fitted model',
      () => permutationImportance(model as never, x, y),
      'model: expected a fitted model, as fit returns it',
    ],
    [
      'text as a rule',
      () => tuneThreshold(y, p, 'f1' as never),
      'rule: expected an object with one of maximise, costs, profit, minPrecision, minRecall, capacity, ',
    ],
    [
      'two rules',
      () => tuneThreshold(y, p, { minRecall: 0.5, capacity: 3 } as never),
      'rule: expected an object with one of maximise, costs',
    ],
    [
      'a fitted classifier to decide on',
      () => new ThresholdClassifier({ classifier: fitted as never }),
      'classifier: expected an unfitted classifier, got a fitted LogisticRegression',
    ],
    [
      'classes as probabilities',
      () => tuneThreshold(y, text as never, { maximise: 'f1' }),
      'the score of row 0 is not a number',
    ],
    ['no name', () => labelScorer(selection.f1, {} as never), 'name: expected text, got undefined'],
  ])('%s', async (_, call, message) => {
    const error = await thrownBy(call);
    expect(error).toMatchObject({ name: 'ChurnError' });
    expect((error as Error).message.slice(0, message.length)).toBe(message);
  });

  it('unambiguous input is accepted', async () => {
    const expected = crossValScore(model, x, y, {
      cv: new StratifiedKFold({ nSplits: 3 }),
      scoring: scorers.rocAuc,
    });
    expect(crossValScore(model, rows, y, { cv: 3, scoring: 'rocAuc' })).toEqual(expected);
    const found = await gridSearch({ grid: { C: [1] }, pipeline, cv: 3, scoring: 'rocAuc' }, rows, y);
    expect(found.best.scores.rocAuc.folds).toEqual(expected);
    expect(found.model.predict(x)).toEqual(fitted.predict(x));
  });
});
