import { type Classifier, Pipeline, type Transformer } from '@churn/core';
import { LogisticRegression } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  SkewCorrector,
  StandardScaler,
  ValueMapper,
} from '@churn/transforms';
import type { ModelConfig, ProcessingConfig } from './config.js';

/**
 * The data processing, defined once. Training fits it inside the pipeline, on training rows alone; the fitted steps
 * are saved with the model, and scoring loads and applies just those.
 */
export function processingSteps(config: ProcessingConfig, seed: number): Transformer[] {
  return [
    new ValueMapper(config.mappings),
    new MeanImputer(),
    new ModeImputer(),
    new SkewCorrector({ threshold: config.skewThreshold }),
    new CategoryEncoder({ ...config.encoding, seed }),
  ];
}

/** The whole pipeline from raw columns to a model. */
export function createPipeline(
  processing: ProcessingConfig,
  model: ModelConfig,
  seed: number,
  onWarning: (message: string) => void,
): Pipeline {
  const polynomials = model.degree > 1 ? [new PolynomialFeatures({ degree: model.degree })] : [];
  return new Pipeline(
    [...processingSteps(processing, seed), ...polynomials, new StandardScaler()],
    createClassifier(model, onWarning),
  );
}

function createClassifier({ penalty, C }: ModelConfig, onWarning: (message: string) => void): Classifier {
  return new LogisticRegression({ penalty, C, onWarning });
}

/** The classes that a model file of this application may hold. */
export const modelClasses = [
  CategoryEncoder,
  LogisticRegression,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  SkewCorrector,
  StandardScaler,
  ValueMapper,
] as const;
