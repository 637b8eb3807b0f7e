import { type Classifier, type FittedClassifier, Labels, Pipeline, Random, Table } from '@churn/core';
import * as models from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { crossValPredict } from '../cross-val-predict.js';
import { crossValScore } from '../cross-val-score.js';
import { logLoss } from '../metrics/log-loss.js';
import type { Scorer } from '../scorer.js';
import { scorers } from '../scorers.js';
import { StratifiedKFold } from '../splitters/stratified-k-fold.js';
import { ThresholdClassifier } from '../threshold-classifier.js';
import { search } from './search.js';

const random = new Random(7);
const n = 90;
const a = Float64Array.from({ length: n }, () => random.normal());
const x = Table.fromColumns({ a, b: Float64Array.from({ length: n }, () => random.normal()) });
const y = Labels.from(
  Array.from(a, (value) => (value + random.normal() > 0.4 ? 'yes' : 'no')),
  {
    positive: 'yes',
  },
);
const three = Labels.from(Array.from(a, (value) => (value < -0.4 ? 'p' : value < 0.4 ? 'q' : 'r')));
const cv = new StratifiedKFold({ nSplits: 3 });
const isOfClasses = (scorer: Scorer): scorer is Scorer<Labels> =>
  !['values', 'risk', 'survival'].includes(scorer.needs);
const ofClasses = (Object.values(scorers) as Scorer[]).filter(isOfClasses);

/** What the constructors that cannot do without options are given. */
const options: Readonly<Record<string, object>> = {
  BaggedClassifier: { classifier: new models.LogisticRegression() },
  CalibratedClassifier: { classifier: new models.LogisticRegression() },
  GradientBoostingClassifier: { nEstimators: 10 },
  RandomForestClassifier: { nEstimators: 10 },
  StackingClassifier: { classifiers: [new models.LogisticRegression()] },
  StackingRegressor: { regressors: [new models.Ridge()] },
  TransformedTargetRegressor: { regressor: new models.Ridge() },
  VotingClassifier: { classifiers: [new models.LogisticRegression()] },
  VotingRegressor: { regressors: [new models.Ridge()] },
};

/** Each classifier that `@churn/models` exports, and those made of others. */
const classifiers: readonly Classifier[] = [
  ...Object.entries(models).flatMap(([name, each]) => {
    if (typeof each !== 'function' || !('restore' in each && 'fit' in each.prototype)) return [];
    const model = new (each as unknown as new (of?: object) => Classifier)(options[name]);
    return model.role === 'classifier' ? [model] : [];
  }),
  new models.CalibratedClassifier({ classifier: new models.SVC() }),
  new ThresholdClassifier({ classifier: new models.SVC() }),
  new Pipeline<FittedClassifier>([new StandardScaler()], new models.SVC({ C: 10 })),
];

describe('the scores of a candidate', () => {
  it('cover each model', () => {
    expect(classifiers.length).toBeGreaterThan(6);
  });

  it.each(ofClasses)('equal those of crossValScore, by $name', async (scoring) => {
    const { candidates } = await search(
      classifiers,
      { pipeline: (model) => model, cv, scoring, refit: false },
      x,
      y,
    );
    for (const { params, scores } of candidates)
      expect(scores[scoring.name].folds).toEqual(crossValScore(params, x, y, { cv, scoring }));
  });

  it('do not depend on other scorers', async () => {
    const [first, ...others] = ofClasses;
    const run = { pipeline: (model: Classifier) => model, cv, scoring: [first, ...others] as const };
    const { candidates } = await search(classifiers, { ...run, refit: false }, x, y);
    for (const { params, scores } of candidates)
      for (const scoring of ofClasses) {
        const alone = crossValScore(params, x, y, { cv, scoring });
        scores[scoring.name].folds.forEach((score, fold) => {
          expect(score).toBeCloseTo(alone[fold], 12);
        });
      }
  });

  it('use calibrated probabilities for three classes, whose order calibration changes', async () => {
    const svc = new models.SVC();
    const { candidates } = await search([svc], { pipeline: (model) => model, cv, refit: false }, x, three);
    const outOfFold = crossValPredict(svc, x, three, { cv });
    const byHand = cv.split(x, three).map(({ test }) =>
      scorers.rocAuc.score(
        three.take(test),
        outOfFold.map((column) => Float64Array.from(test, (row) => column[row])),
      ),
    );
    expect(candidates[0].scores.rocAuc.folds).toEqual(byHand);
  });
});

describe('a model that can skip its calibration', () => {
  /** An SVC that counts its fits, with and without probabilities. */
  function counting(C: number, fits: boolean[]): Classifier {
    const count = (model: models.SVC): Classifier =>
      Object.assign(Object.create(models.SVC.prototype), model, {
        role: 'classifier',
        fitMany: undefined,
        fit(table: Table, labels: Labels) {
          fits.push(model.options.probability);
          return model.fit(table, labels);
        },
        forOrder: () => count(model.forOrder()),
      });
    return count(new models.SVC({ C }));
  }

  it.each<[string, readonly [Scorer, ...Scorer[]], boolean]>([
    ['does so if the order suffices', [scorers.rocAuc, scorers.averagePrecision], false],
    ['does not if one scorer needs probabilities', [scorers.rocAuc, scorers.logLoss], true],
    ['does not if one scorer needs labels', [scorers.f1, scorers.rocAuc], true],
  ])('%s', async (_, scoring, isCalibrated) => {
    const fits: boolean[] = [];
    const pipeline = (C: number) => counting(C, fits);
    await search([1, 10], { pipeline, cv, scoring: scoring as [Scorer<Labels>] }, x, y);
    expect(fits).toEqual([...Array(6).fill(isCalibrated), true]);
  });

  it('is calibrated if all predictions are kept, and otherwise when refitted', async () => {
    const fits: boolean[] = [];
    const pipeline = (C: number) => counting(C, fits);
    const all = await search([1, 10], { pipeline, cv, keepPredictions: true, refit: false }, x, y);
    expect(fits).toEqual(Array(6).fill(true));
    fits.length = 0;
    const picked = await search(
      [1, 10],
      { pipeline, cv, keepPredictions: (each) => each.slice(1), refit: false },
      x,
      y,
    );
    expect(fits).toEqual([...Array(6).fill(false), true, true, true]);
    expect(picked.candidates[0].predictions).toBeUndefined();
    expect(picked.candidates[1].predictions).toEqual(all.candidates[1].predictions);
    expect(logLoss(y, picked.candidates[1].predictions ?? [])).toBeLessThan(0.7);
  });
});
