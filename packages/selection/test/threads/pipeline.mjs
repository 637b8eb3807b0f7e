import { Pipeline } from '@churn/core';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { StandardScaler } from '@churn/transforms';

/** The pipeline of a candidate: a forest if it has trees, and a model that is never done if it is endless. */
export function pipeline({ nEstimators, C, maxIterations, endless }, { seed }, onWarning) {
  if (endless) return new Endless();
  const model = nEstimators
    ? new RandomForestClassifier({ nEstimators, seed })
    : new LogisticRegression({ C, maxIterations, onWarning });
  return new Pipeline([new StandardScaler()], model);
}

class Endless {
  role = 'classifier';
  fit() {
    for (;;);
  }
}
