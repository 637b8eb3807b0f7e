import { ChurnError, type FittedModel, isPipeline } from '@churn/core';
import { toLightGBM, toXGBoost } from '@churn/exchange';
import type { FittedThresholdClassifier } from '@churn/selection';
import type { ExportTarget, ModelToExport, TargetOptions } from './export-target.js';

/** A text file of LightGBM. */
export const lightgbm: ExportTarget = {
  name: 'lightgbm',
  title: 'LightGBM',
  options: ['only'],
  write: (model, options) => [{ content: toLightGBM(treesOf(model, options, 'LightGBM')) }],
};

/** A JSON file of XGBoost. */
export const xgboost: ExportTarget = {
  name: 'xgboost',
  title: 'XGBoost',
  options: ['only'],
  write: (model, options) => [{ content: toXGBoost(treesOf(model, options, 'XGBoost')) }],
};

/**
 * The model at the end of a pipeline, without its threshold.
 * @throws `unsupported` if there are steps before it, unless `only` leaves them out.
 */
function treesOf({ model: pipeline }: ModelToExport, { only }: TargetOptions, library: string): FittedModel {
  const model = withoutThreshold(pipeline.model);
  if (pipeline.steps.length === 0 || only === 'model') return model;
  const steps = Array.from(new Set(pipeline.steps.map(({ type }) => type))).join(', ');
  throw new ChurnError(
    'unsupported',
    `${library} files contain only trees, but the pipeline also has ${steps}; expected --only model, whose features are ${model.features.join(', ')}`,
  );
}

function withoutThreshold(model: FittedModel): FittedModel {
  if (model.type !== 'ThresholdClassifier') return model;
  const { classifier } = model as FittedModel as FittedThresholdClassifier;
  // A pipeline without steps is equivalent to its model.
  return isPipeline(classifier) && classifier.steps.length === 0 ? classifier.model : classifier;
}
