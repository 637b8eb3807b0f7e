import { Pipeline } from '@churn/core';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { StandardScaler } from '@churn/transforms';

/** The pipeline of a candidate: a forest where it has trees. */
export function pipeline({ nEstimators, C }, { seed }) {
  const model = nEstimators
    ? new RandomForestClassifier({ nEstimators, seed })
    : new LogisticRegression({ C });
  return new Pipeline([new StandardScaler()], model);
}
