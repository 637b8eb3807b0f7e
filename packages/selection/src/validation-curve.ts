import { readOptions, requireTargetPerRow, sampleWeights, type Target, type TargetLike } from '@churn/core';
import { type CrossValScoreOptions, crossValScoreParameters } from './cross-val-options.js';
import { type AnyModel, forOrder, targetOf } from './model.js';
import { orderIsEnough, scorerOf } from './scoring.js';
import { buildAll } from './search/build-all.js';
import { PieceRunner } from './search/pieces.js';
import type { BuildPipeline } from './search/pipeline-module.js';
import { planSearch } from './search/plan.js';
import { splitterOf } from './splitters/splitter-of.js';
import { askedTimes } from './survival-scorer.js';
import { type TableLike, tableOf } from './table-like.js';
import { askedAboutBoth, trainAndTestScores } from './train-and-test-scores.js';

/** The scores of a model by the value of a parameter. */
export interface ValidationCurve {
  /** For each value one score per fold, on the training rows. */
  readonly trainScores: readonly (readonly number[])[];
  /** The same on the held-out rows. */
  readonly testScores: readonly (readonly number[])[];
}

/**
 * The scores of a model by the value of a parameter (scikit-learn's `validation_curve`), on training rows and on held-out rows. Work
 * shared by the models is done once, as in a search.
 *
 * ```ts
 * validationCurve((C) => new LogisticRegression({ C }), geomspace(1e-3, 10, 6), x, churned);
 * ```
 *
 * @param pipeline builds the model for a value.
 * @throws as `crossValScore`; `invalid-parameter` if there are no values, or a model cannot be built, naming it.
 */
export function validationCurve<P>(
  pipeline: BuildPipeline<P>,
  values: readonly P[],
  rows: TableLike,
  y: TargetLike,
  options?: CrossValScoreOptions,
): ValidationCurve {
  const { scoring, cv, groups, sampleWeight } = readOptions(crossValScoreParameters, options);
  const models: readonly AnyModel[] = buildAll(values, pipeline);
  const x = tableOf(rows);
  const target = targetOf(models[0], y);
  requireTargetPerRow(x, target);
  sampleWeights({ sampleWeight }, x.nRows);
  const scorer = scorerOf<Target>(scoring, target);
  const fitted = orderIsEnough([scorer], target) ? models.map(forOrder) : models;
  const splits = askedAboutBoth(splitterOf(cv, target).split(x, target, groups));
  const data = { x, y: target, splits, sampleWeight, times: askedTimes([scorer]) };
  const { groups: together, sameAs } = planSearch(fitted, splits.length);
  const runner = new PieceRunner(data, (index) => fitted[index]);
  const trainScores: number[][] = models.map(() => []);
  const testScores: number[][] = models.map(() => []);
  splits.forEach((split, fold) => {
    for (const group of together)
      for (const { candidate, predictions } of runner.run({ fold, ...group })) {
        const { train, test } = trainAndTestScores(scorer, data, split, predictions);
        trainScores[candidate][fold] = train;
        testScores[candidate][fold] = test;
      }
  });
  return {
    trainScores: sameAs.map((index) => trainScores[index]),
    testScores: sameAs.map((index) => testScores[index]),
  };
}
