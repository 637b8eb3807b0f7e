export {
  FittedLibsvmSvc,
  type LibsvmEngine,
  type LibsvmKernel,
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
