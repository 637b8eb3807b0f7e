import { type Classifier, Pipeline, type Transformer } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier } from '@churn/models';
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
  const degree = model.type === 'LogisticRegression' ? model.degree : 1;
  const polynomials = degree > 1 ? [new PolynomialFeatures({ degree })] : [];
  return new Pipeline(
    [...processingSteps(processing, seed), ...polynomials, new StandardScaler()],
    createClassifier(model, seed, onWarning),
  );
}

function createClassifier(
  model: ModelConfig,
  seed: number,
  onWarning: (message: string) => void,
): Classifier {
  switch (model.type) {
    case 'LogisticRegression':
      return new LogisticRegression({ penalty: model.penalty, C: model.C, onWarning });
    case 'RandomForestClassifier': {
      const { nEstimators, criterion, maxDepth, minSamplesLeaf } = model;
      return new RandomForestClassifier({ nEstimators, criterion, maxDepth, minSamplesLeaf, seed });
    }
    case 'GradientBoostingClassifier': {
      const { nEstimators, learningRate, maxLeafNodes, minSamplesLeaf } = model;
      return new GradientBoostingClassifier({
        nEstimators,
        learningRate,
        maxLeafNodes,
        minSamplesLeaf,
        seed,
      });
    }
  }
}

/** The classes that a model file of this application may hold. */
export const modelClasses = [
  CategoryEncoder,
  GradientBoostingClassifier,
  LogisticRegression,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  RandomForestClassifier,
  SkewCorrector,
  StandardScaler,
  ValueMapper,
] as const;
