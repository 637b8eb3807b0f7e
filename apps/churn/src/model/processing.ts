import { type FittedClassifier, Pipeline, type Restorable, type Transformer } from '@churn/core';
import { CalibratedClassifier, classifiers } from '@churn/models';
import { mljsClassifiers } from '@churn/models/mljs';
import { ThresholdClassifier } from '@churn/selection';
import * as transforms from '@churn/transforms';
import type { ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { type CreateOptions, createModel } from './models.js';

/**
 * The data processing, defined once. Training fits it inside the pipeline, on training rows alone; the fitted steps
 * are saved with the model, and scoring loads and applies just those.
 */
function processingSteps(config: ProcessingConfig, seed: number): Transformer[] {
  return [
    ...(config.dates ? [new transforms.DateParts(config.dates)] : []),
    new transforms.ValueMapper(config.mappings),
    // A column without values has no mean, and models take none that is empty.
    new transforms.DropConstantColumns(),
    new transforms.MeanImputer(),
    new transforms.ModeImputer(),
    new transforms.SkewCorrector({ threshold: config.skewThreshold }),
    new transforms.CategoryEncoder({ ...config.encoding, seed }),
  ];
}

/** The whole pipeline from raw columns to a model. */
export function createPipeline(
  processing: ProcessingConfig,
  { type, degree, ...parameters }: ModelParameters,
  options: CreateOptions,
): Pipeline<FittedClassifier> {
  const polynomials = degree > 1 ? [new transforms.PolynomialFeatures({ degree })] : [];
  return new Pipeline(
    [...processingSteps(processing, options.seed), ...polynomials, new transforms.StandardScaler()],
    createModel(type, parameters, options),
  );
}

/** The classes that a model file of this application may hold: all that there are, so that none can be forgotten. */
export const modelClasses: readonly Restorable[] = [
  ...(Object.values(transforms) as unknown[]).filter(isRestorable),
  ...classifiers,
  ...mljsClassifiers,
  CalibratedClassifier,
  ThresholdClassifier,
];

function isRestorable(exported: unknown): exported is Restorable {
  return typeof exported === 'function' && 'restore' in exported && 'type' in exported;
}
