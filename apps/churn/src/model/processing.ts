import {
  type FittedClassifier,
  type FittedModel,
  Pipeline,
  type Restorable,
  type Transformer,
} from '@churn/core';
import {
  BaggedClassifier,
  CalibratedClassifier,
  classifiers,
  grownElsewhere,
  regressors,
  StackingClassifier,
  StackingRegressor,
  TransformedTargetRegressor,
  VotingClassifier,
  VotingRegressor,
} from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import { ConformalRegressor, GroupThresholdClassifier, ThresholdClassifier } from '@churn/selection';
import { CoxRegression, DiscreteTimeHazards } from '@churn/survival';
import * as transforms from '@churn/transforms';
import * as uplift from '@churn/uplift';
import type { ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { type CreateOptions, createModel, definitionOf } from './models.js';
import { type SuitedProcessing, suitedProcessing } from './suited-processing.js';

/** The level of missing values that get one of their own. */
const MISSING_LEVEL = '(missing)';

/**
 * The data processing, defined once. Training fits it inside the pipeline, on training rows alone; the fitted steps
 * are saved with the model, and scoring loads and applies just those.
 */
function processingSteps(
  { dates, mappings }: ProcessingConfig,
  suited: SuitedProcessing,
  seed: number,
): Transformer[] {
  const { skewThreshold, knots } = suited;
  const skew = skewThreshold === null ? [] : [new transforms.SkewCorrector({ threshold: skewThreshold })];
  const gaps = missingSteps(suited);
  return [
    ...(dates ? [new transforms.DateParts(dates)] : []),
    new transforms.ValueMapper(mappings),
    // A column without values has no mean, and models take none that is empty.
    new transforms.DropConstantColumns(),
    // An indicator is no skewed number; the original study fills first.
    ...(suited.missing === 'fill' ? [...gaps, ...skew] : [...skew, ...gaps]),
    // Of the numbers alone: what categories become is no curve.
    ...(knots === null ? [] : [new transforms.SplineTransformer({ nKnots: knots, knots: 'quantile' })]),
    ...encodingSteps(suited, seed),
  ];
}

function missingSteps({ missing, encoding: { method, maxLevels } }: SuitedProcessing): Transformer[] {
  const ownLevel = new transforms.ConstantImputer({ value: MISSING_LEVEL });
  switch (missing) {
    case 'keep':
      return method === 'native' ? onManyLevels(maxLevels, ownLevel) : [ownLevel];
    case 'fill':
      return [new transforms.MeanImputer(), new transforms.ModeImputer()];
    case 'indicator':
      return [new transforms.MeanImputer({ addIndicator: true }), ownLevel];
    case 'level':
      return [new transforms.MeanImputer(), ownLevel];
  }
}

function encodingSteps({ encoding }: SuitedProcessing, seed: number): Transformer[] {
  const { method, maxLevels, ...options } = encoding;
  const ratio = new transforms.CategoryEncoder({ ...options, seed });
  switch (method) {
    case 'ratio':
      return [ratio];
    case 'oneHot': {
      const oneHot = new transforms.OneHotEncoder({ drop: 'ifBinary' });
      return [transforms.onColumns({ kind: 'category', maxLevels }, oneHot), ratio];
    }
    case 'native':
      return onManyLevels(maxLevels, ratio);
  }
}

/** A transformer of category columns of more levels than these; none if all are as they come. */
function onManyLevels(maxLevels: number, transformer: Transformer): Transformer[] {
  if (maxLevels === Infinity) return [];
  return [transforms.onColumns({ kind: 'category', minLevels: maxLevels + 1 }, transformer)];
}

/** The processing for what takes numbers, gaps and categories as they come: dates taken apart, and what `mappings` say. */
export function nativeSteps(processing: ProcessingConfig, seed: number): Transformer[] {
  const accepts = { missing: true, categories: true, sampleWeight: true };
  const own = { degree: 1, skewThreshold: null, missing: 'keep', encoding: 'native' } as const;
  return processingSteps(processing, suitedProcessing(accepts, processing, own), seed);
}

/** The whole pipeline from raw columns to a model, which predicts what models of its type do. */
export function createPipeline<F extends FittedModel = FittedClassifier>(
  processing: ProcessingConfig,
  { type, missing, encoding, skewThreshold, splines, ...parameters }: ModelParameters,
  options: CreateOptions,
): Pipeline<F> {
  const { degree, seed = options.seed } = parameters;
  const own = { degree, missing, encoding, skewThreshold, splines };
  const suited = suitedProcessing(definitionOf(type).accepts, processing, own);
  const polynomials = degree > 1 ? [new transforms.PolynomialFeatures({ degree })] : [];
  return new Pipeline<F>(
    [...processingSteps(processing, suited, seed), ...polynomials, new transforms.StandardScaler()],
    createModel(type, parameters, { ...options, seed }) as never,
  );
}

/** The classes that a model file of this application may hold: all that there are, so that none can be forgotten. */
export const modelClasses: readonly Restorable[] = [
  ...([...Object.values(transforms), ...Object.values(uplift)] as unknown[]).filter(isRestorable),
  ...classifiers,
  ...regressors,
  ...mljsClassifiers,
  CoxRegression,
  DiscreteTimeHazards,
  BaggedClassifier,
  CalibratedClassifier,
  StackingClassifier,
  VotingClassifier,
  ThresholdClassifier,
  GroupThresholdClassifier,
  StackingRegressor,
  VotingRegressor,
  TransformedTargetRegressor,
  ConformalRegressor,
  ...grownElsewhere,
];

function isRestorable(exported: unknown): exported is Restorable {
  return typeof exported === 'function' && 'restore' in exported && 'type' in exported;
}
