import { ChurnError, type FittedClassifier, type Labels } from '@churn/core';
import { findLeaks, percent } from '@churn/eda';
import { stratifiedSample } from '@churn/selection';
import { classFigure, rateFigures } from '../figures/class-figures.js';
import { classPortfolio } from '../model/class-portfolio.js';
import { chooseClassModels } from '../training/choose-class-models.js';
import { classCounts } from '../training/class-counts.js';
import { writeClassReport } from '../training/class-report.js';
import { readClasses } from '../training/class-target.js';
import { type DecidedModel, decideModels, withDecision } from '../training/decide.js';
import { type EvaluatedModel, evaluateModels } from '../training/evaluate.js';
import { stratifiedFolds } from '../training/stratified-folds.js';
import type { Task } from './task.js';

/** The maximum number of classes listed. */
const MAX_CLASSES = 5;

/** Classification: each row belongs to one of two or more classes. */
export const classTask: Task<Labels, FittedClassifier, DecidedModel, EvaluatedModel> = {
  name: 'classes',
  loss: 'logLoss',
  portfolio: classPortfolio,

  readTarget: ({ table, records }, config) => readClasses(table, config, records),
  findLeaks: (features, labels, target) => findLeaks(features, labels, { target }),
  describe(labels) {
    const shares = classCounts(labels).map(
      ({ label, rows }) => `${percent(rows / labels.length)} "${label}"`,
    );
    return `${shares.slice(0, MAX_CLASSES).join(', ')}${shares.length > MAX_CLASSES ? ', …' : ''}`;
  },
  sample: stratifiedSample,
  splitter: stratifiedFolds,
  requireInEachFold(labels, folds) {
    const counts = labels.counts();
    const code = counts.findIndex((count) => count < folds);
    if (code < 0) return;
    throw new ChurnError(
      'invalid-target',
      `class ${JSON.stringify(labels.classes[code])} has ${counts[code]} of the training rows, too few for ${folds} folds: ` +
        'merge it with another class, drop its rows, or lower crossValidation.folds',
    );
  },

  profiledTarget: (values, { data: { target: name, positive } }) =>
    positive === undefined ? undefined : { name, values, positive },
  targetFigure: classFigure,
  relationFigures: (profiled, { data: { positive = '' } }) => rateFigures(profiled, positive),

  blend: chooseClassModels,
  decide: decideModels,
  evaluate: evaluateModels,
  withDecision,
  report: (...found) => writeClassReport(classTask, ...found),
};
