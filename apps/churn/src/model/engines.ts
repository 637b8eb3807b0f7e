import { createRequire } from 'node:module';

// Loaded only if a configuration uses such a model.
const load = createRequire(import.meta.url);

/** The libraries that train the models of `@churn/models/mljs`, by model. */
const ENGINES: Readonly<Record<string, () => unknown>> = {
  MlRandomForest: () => load('ml-random-forest').RandomForestClassifier,
  MlLogisticRegression() {
    const loaded = load('ml-logistic-regression');
    return { LogisticRegression: loaded.default ?? loaded, Matrix: load('ml-matrix').Matrix };
  },
  // The build of libsvm without WebAssembly, which needs no asynchronous loading.
  LibsvmSvc: () => load('libsvm-js/asm.js'),
};

/** The library that trains a model. */
export function engineOf(type: string): unknown {
  return ENGINES[type]?.();
}
