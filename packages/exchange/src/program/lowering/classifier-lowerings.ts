import type { ClassifierLowering } from './classifier-lowering.js';
import { calibratedClassifier } from './models/calibrated-classifier.js';
import { logisticRegression } from './models/logistic-regression.js';
import { forest, gradientBoosting } from './models/trees.js';
import {
  pipelineClassifier,
  stackingClassifier,
  thresholdClassifier,
  votingClassifier,
} from './models/wrappers.js';

/** The lowering of each class of fitted classifiers, by its name in model files. */
export const classifierLowerings: Readonly<Record<string, ClassifierLowering>> = {
  BaggedClassifier: votingClassifier,
  CalibratedClassifier: calibratedClassifier,
  DecisionTreeClassifier: forest,
  ExtraTreesClassifier: forest,
  GradientBoostingClassifier: gradientBoosting,
  LogisticRegression: logisticRegression,
  Pipeline: pipelineClassifier,
  RandomForestClassifier: forest,
  StackingClassifier: stackingClassifier,
  ThresholdClassifier: thresholdClassifier,
  VotingClassifier: votingClassifier,
};
