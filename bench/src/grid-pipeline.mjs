// Plain JavaScript, since worker threads import it without compilation.
import { Pipeline } from '@churn/core';
import { LogisticRegression, RandomForestClassifier, SVC } from '@churn/models';
import {
  CategoryEncoder,
  MeanImputer,
  ModeImputer,
  PolynomialFeatures,
  SkewCorrector,
  StandardScaler,
} from '@churn/transforms';

/** The pipeline of a candidate of the boilerplate's grid, including all processing of the churn data. */
export function gridPipeline({ model, degree = 1, ...params }) {
  const steps = [
    new MeanImputer(),
    new ModeImputer(),
    new SkewCorrector({ threshold: 0.75 }),
    new CategoryEncoder({ shuffle: false }),
    ...(degree > 1 ? [new PolynomialFeatures({ degree })] : []),
    new StandardScaler(),
  ];
  return new Pipeline(steps, classifiers[model](params));
}

const classifiers = {
  lr: (params) => new LogisticRegression({ ...params, penalizeIntercept: true }),
  // For forest classifiers, the boilerplate's `auto` also means the square root.
  rf: (params) => new RandomForestClassifier({ ...params, maxFeatures: 'sqrt', seed: 42 }),
  sv: (params) => new SVC({ ...params, probability: false }),
};
