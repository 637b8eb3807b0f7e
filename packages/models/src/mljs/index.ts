import type { Classifier, ModelDefinition } from '@churn/core';
import { LibsvmSvc } from './libsvm-svc.js';
import { MlLogisticRegression } from './ml-logistic-regression.js';
import { MlRandomForest } from './ml-random-forest.js';

export {
  FittedLibsvmSvc,
  type LibsvmEngine,
  LibsvmSvc,
  type LibsvmSvcOptions,
  type LibsvmSvcState,
} from './libsvm-svc.js';
export {
  FittedMlLogisticRegression,
  MlLogisticRegression,
  type MlLogisticRegressionEngine,
  type MlLogisticRegressionOptions,
  type MlLogisticRegressionState,
} from './ml-logistic-regression.js';
export {
  FittedMlRandomForest,
  MlRandomForest,
  type MlRandomForestEngine,
  type MlRandomForestOptions,
  type MlRandomForestState,
} from './ml-random-forest.js';

/** All classifiers of this entry point. Each has a required parameter `engine`, the export of its library. */
export const mljsClassifiers = [
  LibsvmSvc,
  MlLogisticRegression,
  MlRandomForest,
] as const satisfies readonly ModelDefinition<Classifier>[];
