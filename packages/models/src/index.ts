export {
  type BoostedTrees,
  FittedGradientBoosting,
} from './boosting/fitted-gradient-boosting.js';
export { GradientBoostingClassifier, type GradientBoostingOptions } from './boosting/gradient-boosting.js';
export {
  CalibratedClassifier,
  type CalibratedClassifierOptions,
  type CalibrationMethod,
  FittedCalibratedClassifier,
} from './calibration/calibrated-classifier.js';
export type { IsotonicFit } from './calibration/isotonic-regression.js';
export type { SigmoidFit } from './calibration/platt-scaling.js';
export type { ClassWeight } from './class-weight.js';
export {
  DummyClassifier,
  type DummyClassifierOptions,
  type DummyClassifierState,
  type DummyStrategy,
  FittedDummyClassifier,
} from './dummy/dummy-classifier.js';
export { DecisionTreeClassifier, type DecisionTreeOptions } from './forest/decision-tree.js';
export { FittedForest, type Forest } from './forest/fitted-forest.js';
export type { MaxFeatures } from './forest/max-features.js';
export {
  RandomForestClassifier,
  type RandomForestOptions,
  type TreeParameters,
} from './forest/random-forest.js';
export {
  FittedLogisticRegression,
  type LogisticRegressionState,
  type MultinomialRegressionState,
} from './linear/fitted-logistic-regression.js';
export { linearShap } from './linear/linear-shap.js';
export type { LinearTerm } from './linear/linear-term.js';
export { LogisticRegression, type LogisticRegressionOptions } from './linear/logistic-regression.js';
export type { ShapValues } from './shap/shap-values.js';
export { treeShap } from './shap/tree-shap.js';
export { FittedSVC, type SupportPair, type SupportVectors, type SVCState } from './svm/fitted-svc.js';
export type { Gamma, Kernel, KernelName } from './svm/kernel.js';
export { SVC, type SVCOptions } from './svm/svc.js';
export type { Criterion } from './trees/criterion.js';
