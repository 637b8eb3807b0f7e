import { createRequire } from 'node:module';

// Loaded where a configuration names such a model, and not by every command.
const load = createRequire(import.meta.url);

/** The libraries that models of `@churn/models/mljs` are trained with, by the models' names. */
const ENGINES: Readonly<Record<string, () => unknown>> = {
  MlRandomForest: () => load('ml-random-forest').RandomForestClassifier,
  MlLogisticRegression() {
    const loaded = load('ml-logistic-regression');
    return { LogisticRegression: loaded.default ?? loaded, Matrix: load('ml-matrix').Matrix };
  },
  // The build of libsvm without WebAssembly, which is there at once.
  LibsvmSvc: () => load('libsvm-js/asm.js'),
};

/** The library that a model is trained with. */
export function engineOf(type: string): unknown {
  return ENGINES[type]?.();
}
