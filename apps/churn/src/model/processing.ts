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

/** The level for missing values. */
const MISSING_LEVEL = '(missing)';

/**
 * The data processing, defined once. Training fits it inside the pipeline, on training rows only; the fitted steps are saved with the model
 * and applied in scoring.
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
    // A column without values has no mean, and models reject empty columns.
    new transforms.DropConstantColumns(),
    // After indicators are added, which are not to be transformed; the original study imputes first.
    ...(suited.missing === 'fill' ? [...gaps, ...skew] : [...skew, ...gaps]),
    // Only for numeric columns: encoded categories do not need splines.
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

/** Applies a transformer to category columns with more levels; no step if categories are native. */
function onManyLevels(maxLevels: number, transformer: Transformer): Transformer[] {
  if (maxLevels === Infinity) return [];
  return [transforms.onColumns({ kind: 'category', minLevels: maxLevels + 1 }, transformer)];
}

/** The processing for models that take missing values and categories natively: date parts and mappings. */
export function nativeSteps(processing: ProcessingConfig, seed: number): Transformer[] {
  const accepts = { missing: true, categories: true, sampleWeight: true };
  const own = { degree: 1, skewThreshold: null, missing: 'keep', encoding: 'native' } as const;
  return processingSteps(processing, suitedProcessing(accepts, processing, own), seed);
}

/** The whole pipeline from raw columns to a model. */
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

/** The classes that a model file of this application may contain: all exported ones. */
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
