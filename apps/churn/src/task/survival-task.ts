import { ChurnError, type Durations, type FittedSurvivalModel } from '@churn/core';
import { findLeaks, survivalChart } from '@churn/eda';
import { stratifiedSample } from '@churn/selection';
import { kaplanMeier } from '@churn/survival';
import { survivalPortfolio } from '../model/survival-portfolio.js';
import { summaryText } from '../reporting/survival-text.js';
import { chooseSingleModels } from '../training/choose-single-models.js';
import type { FittedModel } from '../training/chosen.js';
import { readDurations } from '../training/durations-target.js';
import { type EvaluatedSurvivalModel, evaluateSurvivalModels } from '../training/evaluate-survival.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import { writeSurvivalReport } from '../training/survival-report.js';
import { survivalSummary } from '../training/survival-summary.js';
import type { Task } from './task.js';

/** Survival: each row has an event at some time, which may be censored. */
export const survivalTask: Task<
  Durations,
  FittedSurvivalModel,
  FittedModel<FittedSurvivalModel>,
  EvaluatedSurvivalModel
> = {
  name: 'survival',
  loss: 'concordance',
  portfolio: survivalPortfolio,

  readTarget: readDurations,
  // By when a value was recorded, which no column shows, there may be others.
  findLeaks: (features, { events }, target) => findLeaks(features, events, { target }),
  describe: (y) => summaryText(survivalSummary(y)),
  sample: stratifiedSample,
  splitter: stratifiedFolds,
  requireInEachFold({ events }, folds) {
    const count = events.reduce((sum, event) => sum + event, 0);
    if (count >= folds) return;
    throw new ChurnError(
      'invalid-target',
      `${count} of the training rows have the event, too few for ${folds} folds: lower crossValidation.folds`,
    );
  },

  profiledTarget: () => undefined,
  targetFigure: (y, target) => ({
    section: 'data',
    alt: `Survival of all rows over ${target}, with the numbers at risk`,
    chart: survivalChart([{ name: 'all rows', ...kaplanMeier(y) }], {
      title: 'Survival of all rows',
      time: target,
    }),
  }),
  relationFigures: () => [],

  blend: chooseSingleModels,
  decide: (fitted) => [...fitted],
  evaluate: evaluateSurvivalModels,
  withDecision: (pipeline) => pipeline,
  report: (...found) => writeSurvivalReport(survivalTask, ...found),
};
