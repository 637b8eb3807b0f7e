import { Labels, Pipeline, Table } from '@churn/core';
import { LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import { StandardScaler } from '@churn/transforms';
import { MeanRegressor } from '../test/mean-regressor.js';
import reference from '../test/reference/model_evaluation.json';
import { crossValScore } from './cross-val-score.js';
import { learningCurve } from './learning-curve.js';
import { permutationTestScore } from './permutation-test-score.js';
import { KFold } from './splitters/k-fold.js';
import { validationCurve } from './validation-curve.js';

const x = Table.fromMatrix(reference.x);
const { y } = reference;
const logistic = (C = 1) =>
  new Pipeline([new StandardScaler()], new LogisticRegression({ C, tolerance: 1e-10 }));
const close = (scores: readonly (readonly number[])[], digits = 7) =>
  scores.map((folds) => folds.map((score) => expect.closeTo(score, digits)));

describe('learningCurve', () => {
  it('agrees with scikit-learn', () => {
    const { trainSizes, trainLogLoss, testLogLoss } = reference.learningCurve;
    const options = { cv: 3, scoring: 'logLoss', trainSizes: [0.2, 0.5, 1] } as const;
    expect(learningCurve(logistic(), x, y, options)).toEqual({
      trainSizes,
      trainScores: close(trainLogLoss),
      testScores: close(testLogLoss),
    });
  });

  it('ends at the result of crossValScore, also for an SVC, and removes duplicate sizes', () => {
    for (const model of [logistic(), new SVC()]) {
      const { trainSizes, testScores } = learningCurve(model, x, y, { cv: 3, trainSizes: [60, 0.5, 30, 1] });
      expect(trainSizes).toEqual([30, 60]);
      expect(testScores[1]).toEqual(crossValScore(model, x, y, { cv: 3 }));
    }
  });

  it('shuffles rows by the seed, and supports weights', () => {
    const curve = (options: object) => learningCurve(logistic(), x, y, { trainSizes: [0.5], ...options });
    expect(curve({ shuffle: true })).not.toEqual(curve({}));
    expect(curve({ shuffle: true, seed: 1 })).not.toEqual(curve({ shuffle: true }));
    expect(curve({ shuffle: true })).toEqual(curve({ shuffle: true, seed: 0 }));
    const sampleWeight = y.map((_, i) => 1 + (i % 5));
    expect(curve({ sampleWeight, trainSizes: [1] }).testScores[0]).toEqual(
      crossValScore(logistic(), x, y, { sampleWeight }),
    );
  });

  it('supports regression', () => {
    const amounts = reference.x.map(([a]) => 3 * a);
    const table = Table.fromColumns({ a: reference.x.map(([a]) => a) });
    const { testScores } = learningCurve(new MeanRegressor(3), table, amounts, { trainSizes: [1] });
    expect(testScores[0]).toEqual(crossValScore(new MeanRegressor(3), table, amounts));
  });

  it.each([[[0]], [[61]], [[2.5]], [[]], [[0.001]]])('rejects the sizes %j', (trainSizes) => {
    expect(() => learningCurve(logistic(), x, y, { cv: 3, trainSizes })).toThrow(/^trainSizes: expected/);
  });
});

describe('validationCurve', () => {
  it('agrees with scikit-learn', () => {
    const { C, trainScores, testScores } = reference.validationCurve;
    expect(validationCurve(logistic, C, x, y, { cv: 3 })).toEqual({
      trainScores: close(trainScores, 12),
      testScores: close(testScores, 12),
    });
  });

  it('scores training and held-out rows, like separate fits', () => {
    const build = (maxDepth: number) => new RandomForestClassifier({ maxDepth, nEstimators: 10, seed: 1 });
    const { trainScores, testScores } = validationCurve(build, [1, 3, 3], x, y, {
      cv: 3,
      scoring: 'accuracy',
    });
    const { train } = new KFold({ nSplits: 3 }).split(x)[0];
    expect(train).toHaveLength(60);
    for (const [i, maxDepth] of [1, 3, 3].entries())
      expect(testScores[i]).toEqual(crossValScore(build(maxDepth), x, y, { cv: 3, scoring: 'accuracy' }));
    expect(trainScores[2]).toEqual(trainScores[1]);
    expect(trainScores[1][0]).toBeGreaterThan(trainScores[0][0]);
  });

  it('requires values', () => {
    expect(() => validationCurve(logistic, [], x, y)).toThrow('expected candidates to search, got none');
  });
});

describe('permutationTestScore', () => {
  it('scores permuted targets like scikit-learn', () => {
    const { score, targets, permutationScores } = reference.permutationTest;
    expect(permutationTestScore(logistic(), x, y, { cv: 3, nPermutations: 1 }).score).toBeCloseTo(score, 12);
    targets.forEach((target, i) => {
      const folds = crossValScore(logistic(), x, target, { cv: 3 });
      expect(folds.reduce((sum, each) => sum + each, 0) / 3).toBeCloseTo(permutationScores[i], 12);
    });
  });

  it('counts the original target among the permutations', () => {
    const { score, permutationScores, pValue } = permutationTestScore(logistic(), x, y, {
      cv: 3,
      nPermutations: 19,
    });
    expect(permutationScores).toHaveLength(19);
    expect(new Set(permutationScores).size).toBeGreaterThan(15);
    const asGood = permutationScores.filter((each) => each >= score).length;
    expect(pValue).toBe((asGood + 1) / 20);
    expect(pValue).toBe(reference.permutationTest.pValue);
  });

  it('is 1 for noise, for losses and scores', () => {
    const nothing = Table.fromColumns({ a: new Float64Array(y.length) });
    for (const scoring of ['logLoss', 'accuracy'] as const) {
      const { pValue } = permutationTestScore(logistic(), nothing, Labels.from(y), {
        scoring,
        nPermutations: 5,
      });
      expect(pValue).toBe(1);
    }
  });

  it('is reproducible by its seed', () => {
    const of = (seed: number) => permutationTestScore(logistic(), x, y, { cv: 3, nPermutations: 3, seed });
    expect(of(1)).toEqual(of(1));
    expect(of(1).permutationScores).not.toEqual(of(2).permutationScores);
  });
});
