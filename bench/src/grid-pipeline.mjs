// Plain JavaScript, since worker threads import it as it is.
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

/** The pipeline of a candidate of the boilerplate's grid, with all processing of the churn data in it. */
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
  // For a forest classifier the boilerplate's `auto` is the square root, too.
  rf: (params) => new RandomForestClassifier({ ...params, maxFeatures: 'sqrt', seed: 42 }),
  sv: (params) => new SVC({ ...params, probability: false }),
};
