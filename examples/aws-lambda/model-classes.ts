import type { Restorable } from '@churn/core';
import {
  BaggedClassifier,
  CalibratedClassifier,
  classifiers,
  StackingClassifier,
  VotingClassifier,
} from '@churn/models';
import { ThresholdClassifier } from '@churn/selection';
import * as transforms from '@churn/transforms';

/** What a model file may be made of: any model of `churn train`. A list of your own model's classes makes the bundle smaller. */
export const classesOfModels: readonly Restorable[] = [
  ...classifiers,
  ...[BaggedClassifier, CalibratedClassifier, StackingClassifier, ThresholdClassifier, VotingClassifier],
  ...Object.values(transforms).filter((each) => typeof each === 'function' && 'restore' in each),
] as readonly Restorable[];
