import { ChurnError, type FittedRegressor, type TargetValues } from '@churn/core';
import { findLeaks, fourDigits } from '@churn/eda';
import { stratifiedSample } from '@churn/selection';
import { valueFigure, valueRelationFigures } from '../figures/numeric-target-figures.js';
import { valuePortfolio } from '../model/value-portfolio.js';
import { chooseValueModels } from '../training/choose-value-models.js';
import {
  type DecidedValueModel,
  decideIntervals,
  type EvaluatedValueModel,
  evaluateValueModels,
} from '../training/evaluate-values.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import { writeValueReport } from '../training/value-report.js';
import { valueSummary } from '../training/value-summary.js';
import { readValues } from '../training/value-target.js';
import type { Task } from './task.js';

/** Regression: each row has a value. */
export const valueTask: Task<TargetValues, FittedRegressor, DecidedValueModel, EvaluatedValueModel> = {
  name: 'value',
  loss: 'meanSquaredError',
  portfolio: valuePortfolio,

  readTarget: readValues,
  findLeaks: (features, amounts, target) => findLeaks(features, amounts, { target }),
  describe(amounts) {
    const { mean, min, max } = valueSummary(amounts);
    return `${fourDigits(mean)} on average, from ${fourDigits(min)} to ${fourDigits(max)}`;
  },
  sample: stratifiedSample,
  splitter: stratifiedFolds,
  requireInEachFold({ length }, folds) {
    if (length >= folds) return;
    throw new ChurnError(
      'invalid-target',
      `there are ${length} rows for training, too few for ${folds} folds: lower crossValidation.folds`,
    );
  },

  profiledTarget: (values, { data: { target: name } }) => ({ name, values }),
  targetFigure: valueFigure,
  relationFigures: (profiled, { data: { target } }) => valueRelationFigures(profiled, target),

  blend: chooseValueModels,
  decide: decideIntervals,
  evaluate: evaluateValueModels,
  withDecision: (pipeline) => pipeline,
  report: (...found) => writeValueReport(valueTask, ...found),
};
