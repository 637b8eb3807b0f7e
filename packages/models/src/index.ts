import type { Classifier, ModelDefinition, Regressor, Restorable } from '@churn/core';
import { GradientBoostingClassifier } from './boosting/gradient-boosting.js';
import { GradientBoostingRegressor } from './boosting/gradient-boosting-regressor.js';
import { DummyClassifier } from './dummy/dummy-classifier.js';
import { DummyRegressor } from './dummy/dummy-regressor.js';
import { DecisionTreeClassifier } from './forest/decision-tree.js';
import { DecisionTreeRegressor } from './forest/decision-tree-regressor.js';
import { ExtraTreesClassifier } from './forest/extra-trees.js';
import { ExtraTreesRegressor } from './forest/extra-trees-regressor.js';
import { RandomForestClassifier } from './forest/random-forest.js';
import { RandomForestRegressor } from './forest/random-forest-regressor.js';
import { LogisticRegression } from './linear/logistic-regression.js';
import { ElasticNet } from './linear-regression/elastic-net.js';
import { GammaRegressor } from './linear-regression/gamma-regressor.js';
import { Lasso } from './linear-regression/lasso.js';
import { LinearRegression } from './linear-regression/linear-regression.js';
import { PoissonRegressor } from './linear-regression/poisson-regressor.js';
import { Ridge } from './linear-regression/ridge.js';
import { TweedieRegressor } from './linear-regression/tweedie-regressor.js';
import { GaussianNB } from './naive-bayes/gaussian-nb.js';
import { KNeighborsClassifier } from './neighbors/k-neighbors.js';
import { SVC } from './svm/svc.js';
import { SVR } from './svm/svr.js';
import { TreeEnsembleClassifier } from './tree-ensemble/tree-ensemble-classifier.js';
import { TreeEnsembleRegressor } from './tree-ensemble/tree-ensemble-regressor.js';

export {
  type BoostedTrees,
  FittedGradientBoosting,
} from './boosting/fitted-gradient-boosting.js';
export {
  type BoostedLink,
  type BoostedRegression,
  FittedGradientBoostingRegressor,
} from './boosting/fitted-gradient-boosting-regressor.js';
export {
  type BoostingFitOptions,
  GradientBoostingClassifier,
  type GradientBoostingOptions,
} from './boosting/gradient-boosting.js';
export {
  GradientBoostingRegressor,
  type GradientBoostingRegressorFitOptions,
  type GradientBoostingRegressorOptions,
} from './boosting/gradient-boosting-regressor.js';
export type { TrainingBatch, TrainingBatches } from './boosting/training-batches.js';
export {
  type BestCalibrationOptions,
  bestCalibration,
  type Calibration,
  calibrate,
} from './calibration/best-calibration.js';
export type { BetaFit } from './calibration/beta-calibration.js';
export {
  CalibratedClassifier,
  type CalibratedClassifierOptions,
  FittedCalibratedClassifier,
} from './calibration/calibrated-classifier.js';
export type { CalibrationMethod, Calibrator, ScoreScale } from './calibration/calibration.js';
export { type IsotonicFit, isotonicRegression, isotonicValues } from './calibration/isotonic-regression.js';
export type { SigmoidFit } from './calibration/platt-scaling.js';
export type { TemperatureFit } from './calibration/temperature-scaling.js';
export type { ClassWeight } from './class-weight.js';
export { designMatrix } from './design-matrix.js';
export {
  DummyClassifier,
  type DummyClassifierOptions,
  type DummyClassifierState,
  type DummyStrategy,
  FittedDummyClassifier,
} from './dummy/dummy-classifier.js';
export {
  DummyRegressor,
  type DummyRegressorOptions,
  type DummyRegressorState,
  FittedDummyRegressor,
} from './dummy/dummy-regressor.js';
export {
  BaggedClassifier,
  type BaggedClassifierOptions,
  FittedBaggedClassifier,
} from './ensemble/bagged-classifier.js';
export {
  FittedStackingClassifier,
  StackingClassifier,
  type StackingClassifierOptions,
} from './ensemble/stacking-classifier.js';
export {
  FittedStackingRegressor,
  StackingRegressor,
  type StackingRegressorOptions,
} from './ensemble/stacking-regressor.js';
export {
  FittedTransformedTargetRegressor,
  type TargetFunctionName,
  TransformedTargetRegressor,
  type TransformedTargetRegressorOptions,
} from './ensemble/transformed-target-regressor.js';
export {
  FittedVotingClassifier,
  VotingClassifier,
  type VotingClassifierOptions,
} from './ensemble/voting-classifier.js';
export {
  FittedVotingRegressor,
  VotingRegressor,
  type VotingRegressorOptions,
} from './ensemble/voting-regressor.js';
export { DecisionTreeClassifier, type DecisionTreeOptions } from './forest/decision-tree.js';
export {
  DecisionTreeRegressor,
  type DecisionTreeRegressorOptions,
} from './forest/decision-tree-regressor.js';
export { ExtraTreesClassifier, type ExtraTreesOptions } from './forest/extra-trees.js';
export { ExtraTreesRegressor, type ExtraTreesRegressorOptions } from './forest/extra-trees-regressor.js';
export { type ClassForest, FittedForest } from './forest/fitted-forest.js';
export { FittedForestRegressor } from './forest/fitted-forest-regressor.js';
export {
  type Forest,
  type ForestRanges,
  forestAttributions,
  forestMeans,
  forestState,
  restoreForest,
} from './forest/forest.js';
export { type MaxFeatures, maxFeaturesParameter, nCompeting } from './forest/max-features.js';
export {
  RandomForestClassifier,
  type RandomForestOptions,
} from './forest/random-forest.js';
export {
  RandomForestRegressor,
  type RandomForestRegressorOptions,
} from './forest/random-forest-regressor.js';
export {
  FittedLogisticRegression,
  type LogisticRegressionState,
  type MultinomialRegressionState,
} from './linear/fitted-logistic-regression.js';
export { linearShap } from './linear/linear-shap.js';
export type { LinearTerm } from './linear/linear-term.js';
export { LogisticRegression, type LogisticRegressionOptions } from './linear/logistic-regression.js';
export { combine, type Loss } from './linear/loss.js';
export {
  type Minimum,
  type NewtonOptions,
  type NewtonResult,
  type PenalisedLoss,
  proximalNewton,
} from './linear/proximal-newton.js';
export { factorSymmetric } from './linear/solve.js';
export { dot, weightedGram } from './linear/weighted-gram.js';
export { ElasticNet, type ElasticNetOptions } from './linear-regression/elastic-net.js';
export {
  type ElasticNetPath,
  type ElasticNetPathOptions,
  elasticNetPath,
} from './linear-regression/elastic-net-path.js';
export {
  FittedLinearRegressor,
  type LinearLink,
  type LinearRegressorState,
} from './linear-regression/fitted-linear-regressor.js';
export { GammaRegressor, type GammaRegressorOptions } from './linear-regression/gamma-regressor.js';
export { Lasso, type LassoOptions } from './linear-regression/lasso.js';
export { LinearRegression, type LinearRegressionOptions } from './linear-regression/linear-regression.js';
export { PoissonRegressor, type PoissonRegressorOptions } from './linear-regression/poisson-regressor.js';
export { Ridge, type RidgeOptions } from './linear-regression/ridge.js';
export { TweedieRegressor, type TweedieRegressorOptions } from './linear-regression/tweedie-regressor.js';
export {
  type ClassDistribution,
  FittedGaussianNB,
  type GaussianNBState,
} from './naive-bayes/fitted-gaussian-nb.js';
export { GaussianNB, type GaussianNBOptions } from './naive-bayes/gaussian-nb.js';
export {
  FittedKNeighbors,
  KNeighborsClassifier,
  type KNeighborsOptions,
  type KNeighborsState,
  type Neighbors,
} from './neighbors/k-neighbors.js';
export type { ShapValues } from './shap/shap-values.js';
export { treeShap } from './shap/tree-shap.js';
export { type ShapInteractions, treeShapInteractions } from './shap/tree-shap-interactions.js';
export { FittedSVC, type SupportPair, type SupportVectors, type SVCState } from './svm/fitted-svc.js';
export { FittedSVR, type SupportVectorTube, type SVRState } from './svm/fitted-svr.js';
export type { Gamma, Kernel, KernelName } from './svm/kernel.js';
export type { KernelDecision, KernelMachine, KernelMachineState } from './svm/kernel-machine.js';
export { SVC, type SVCOptions } from './svm/svc.js';
export { SVR, type SVROptions } from './svm/svr.js';
export { setThreads } from './threads/max-threads.js';
export {
  type CategorySplit,
  type EnsembleFeature,
  type EnsembleLeaf,
  type EnsembleNode,
  LARGEST_ZERO,
  type NumberSplit,
  type Side,
} from './tree-ensemble/ensemble-node.js';
export { type EnsembleArrays, EnsembleTrees } from './tree-ensemble/ensemble-trees.js';
export type { ClassLink, RegressionLink } from './tree-ensemble/score-link.js';
export { TreeEnsemble, type TreeEnsembleParts } from './tree-ensemble/tree-ensemble.js';
export { type ClassEnsemble, TreeEnsembleClassifier } from './tree-ensemble/tree-ensemble-classifier.js';
export {
  type RegressionTreeEnsemble,
  TreeEnsembleRegressor,
} from './tree-ensemble/tree-ensemble-regressor.js';
export { Binning, type FeatureBins } from './trees/binning.js';
export { MAX_BINS, MISSING_BIN } from './trees/bins.js';
export type { Criterion, RegressionCriterion } from './trees/criterion.js';
export { type DecisionNode, type DecisionTree, decisionTrees } from './trees/decision-trees.js';
export { requireFeatures } from './trees/require-features.js';
export { LEAF_COLUMN, SET_WORDS, type TreeArrays, type TreeShape } from './trees/tree-arrays.js';
export { TreeList } from './trees/tree-list.js';

/**
 * All classifiers of this package except wrappers of other classifiers. Configurations, searches and the classes of model files are
 * derived from it.
 */
export const classifiers = [
  DecisionTreeClassifier,
  DummyClassifier,
  ExtraTreesClassifier,
  GaussianNB,
  GradientBoostingClassifier,
  KNeighborsClassifier,
  LogisticRegression,
  RandomForestClassifier,
  SVC,
] as const satisfies readonly ModelDefinition<Classifier>[];

/** All regressors of this package except wrappers of other regressors. */
export const regressors = [
  DecisionTreeRegressor,
  DummyRegressor,
  ElasticNet,
  ExtraTreesRegressor,
  GammaRegressor,
  GradientBoostingRegressor,
  Lasso,
  LinearRegression,
  PoissonRegressor,
  RandomForestRegressor,
  Ridge,
  SVR,
  TweedieRegressor,
] as const satisfies readonly ModelDefinition<Regressor>[];

/** The fitted models that this package restores and scores, but does not fit: trees grown by other libraries. */
export const grownElsewhere = [
  TreeEnsembleClassifier,
  TreeEnsembleRegressor,
] as const satisfies readonly Restorable[];
