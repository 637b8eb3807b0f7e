import type { ClassifierLowering } from './classifier-lowering.js';
import { calibratedClassifier } from './models/calibrated-classifier.js';
import { dummyClassifier } from './models/dummy-classifier.js';
import { gaussianNB } from './models/gaussian-nb.js';
import { kNeighbors } from './models/k-neighbors.js';
import { logisticRegression } from './models/logistic-regression.js';
import { mlLogisticRegression, mlRandomForest } from './models/ml-models.js';
import { libsvmSvc, svc } from './models/svc.js';
import { treeEnsembleClassifier } from './models/tree-ensemble.js';
import { forest, gradientBoosting } from './models/trees.js';
import {
  groupThresholdClassifier,
  pipelineClassifier,
  stackingClassifier,
  thresholdClassifier,
  votingClassifier,
} from './models/wrappers.js';

/** The lowerings of fitted classifiers, by their types in model files. */
export const classifierLowerings: Readonly<Record<string, ClassifierLowering>> = {
  BaggedClassifier: votingClassifier,
  CalibratedClassifier: calibratedClassifier,
  DecisionTreeClassifier: forest,
  DummyClassifier: dummyClassifier,
  ExtraTreesClassifier: forest,
  GaussianNB: gaussianNB,
  GradientBoostingClassifier: gradientBoosting,
  GroupThresholdClassifier: groupThresholdClassifier,
  KNeighborsClassifier: kNeighbors,
  LibsvmSvc: libsvmSvc,
  LogisticRegression: logisticRegression,
  MlLogisticRegression: mlLogisticRegression,
  MlRandomForest: mlRandomForest,
  Pipeline: pipelineClassifier,
  RandomForestClassifier: forest,
  SVC: svc,
  StackingClassifier: stackingClassifier,
  ThresholdClassifier: thresholdClassifier,
  TreeEnsembleClassifier: treeEnsembleClassifier,
  VotingClassifier: votingClassifier,
};
