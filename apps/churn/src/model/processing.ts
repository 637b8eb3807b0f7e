import { type Classifier, type FittedClassifier, Pipeline, type Transformer } from '@churn/core';
import { GradientBoostingClassifier, LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import { LibsvmSvc, MlLogisticRegression, MlRandomForest } from '@churn/models/mljs';
import { ThresholdClassifier } from '@churn/selection';
import {
  CategoryEncoder,
  DateParts,
  DropConstantColumns,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  SkewCorrector,
  StandardScaler,
  ValueMapper,
} from '@churn/transforms';
import type { ProcessingConfig } from '../config/config.js';
import type { ModelParameters } from '../config/model-config.js';
import { libsvmEngine, mlLogisticRegressionEngine, mlRandomForestEngine } from './engines.js';

/**
 * The data processing, defined once. Training fits it inside the pipeline, on training rows alone; the fitted steps
 * are saved with the model, and scoring loads and applies just those.
 */
function processingSteps(config: ProcessingConfig, seed: number): Transformer[] {
  return [
    ...(config.dates ? [new DateParts(config.dates)] : []),
    new ValueMapper(config.mappings),
    // A column without values has no mean, and models take none that is empty.
    new DropConstantColumns(),
    new MeanImputer(),
    new ModeImputer(),
    new SkewCorrector({ threshold: config.skewThreshold }),
    new CategoryEncoder({ ...config.encoding, seed }),
  ];
}

export interface PipelineOptions {
  readonly seed: number;
  /** Whether a support vector machine learns probabilities, which takes five more fits. Default true. */
  readonly probability?: boolean;
  /** Is told where a fit did not converge. */
  readonly onWarning?: (message: string) => void;
}

/** The whole pipeline from raw columns to a model. */
export function createPipeline(
  processing: ProcessingConfig,
  parameters: ModelParameters,
  options: PipelineOptions,
): Pipeline<FittedClassifier> {
  const { degree } = parameters;
  const polynomials = degree > 1 ? [new PolynomialFeatures({ degree })] : [];
  return new Pipeline(
    [...processingSteps(processing, options.seed), ...polynomials, new StandardScaler()],
    createClassifier(parameters, options),
  );
}

function createClassifier(
  parameters: ModelParameters,
  { seed, probability = true, onWarning }: PipelineOptions,
): Classifier {
  switch (parameters.type) {
    case 'LogisticRegression': {
      const { penalty, C, classWeight } = parameters;
      return new LogisticRegression({ penalty, C, classWeight: classWeight ?? undefined, onWarning });
    }
    case 'RandomForestClassifier': {
      const { nEstimators, criterion, maxDepth, maxFeatures, minSamplesLeaf, classWeight } = parameters;
      return new RandomForestClassifier({
        nEstimators,
        criterion,
        maxDepth,
        maxFeatures,
        minSamplesLeaf,
        classWeight: classWeight ?? undefined,
        seed,
      });
    }
    case 'GradientBoostingClassifier': {
      const { nEstimators, learningRate, maxLeafNodes, minSamplesLeaf, l2Regularization, classWeight } =
        parameters;
      return new GradientBoostingClassifier({
        nEstimators,
        learningRate,
        maxLeafNodes,
        minSamplesLeaf,
        l2Regularization,
        classWeight: classWeight ?? undefined,
        seed,
      });
    }
    case 'SVC': {
      const { C, kernel, gamma, kernelDegree, classWeight } = parameters;
      return new SVC({
        C,
        kernel,
        gamma,
        degree: kernelDegree,
        classWeight: classWeight ?? undefined,
        probability,
        seed,
        onWarning,
      });
    }
    case 'MlLogisticRegression': {
      const { numSteps, learningRate } = parameters;
      return new MlLogisticRegression({ engine: mlLogisticRegressionEngine(), numSteps, learningRate });
    }
    case 'MlRandomForest': {
      const { nEstimators, maxFeatures, maxDepth } = parameters;
      return new MlRandomForest({ engine: mlRandomForestEngine(), nEstimators, maxFeatures, maxDepth, seed });
    }
    case 'LibsvmSvc': {
      const { C, kernel, gamma, kernelDegree } = parameters;
      return new LibsvmSvc({ engine: libsvmEngine(), C, kernel, gamma, degree: kernelDegree, seed });
    }
  }
}

/** The classes that a model file of this application may hold. */
export const modelClasses = [
  CategoryEncoder,
  DateParts,
  DropConstantColumns,
  GradientBoostingClassifier,
  LibsvmSvc,
  LogisticRegression,
  MeanImputer,
  MlLogisticRegression,
  MlRandomForest,
  ModeImputer,
  PolynomialFeatures,
  RandomForestClassifier,
  SVC,
  SkewCorrector,
  StandardScaler,
  ThresholdClassifier,
  ValueMapper,
] as const;
