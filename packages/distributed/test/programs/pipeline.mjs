import { Pipeline } from '@churn/core';
import { LogisticRegression, RandomForestClassifier } from '@churn/models';
import { StandardScaler } from '@churn/transforms';

/** The pipeline of a candidate: a forest if it has `nEstimators`. Fitting takes at least `ms`, so that there is time to kill the process. */
export function pipeline({ nEstimators, C, ms = 0, isBroken }, { seed }, onWarning) {
  if (isBroken) return new Broken();
  const model = nEstimators
    ? new RandomForestClassifier({ nEstimators, seed })
    : new LogisticRegression({ C, maxIterations: C === 7 ? 1 : undefined, onWarning });
  return new Pipeline([new StandardScaler()], ms > 0 ? new Slow(model, ms) : model);
}

class Slow {
  role = 'classifier';

  constructor(model, ms) {
    this.model = model;
    this.ms = ms;
  }

  fit(x, y, options) {
    const until = performance.now() + this.ms;
    while (performance.now() < until);
    return this.model.fit(x, y, options);
  }
}

class Broken {
  role = 'classifier';

  fit() {
    throw new Error('broken on purpose');
  }
}
