import { createRequire } from 'node:module';
import type { LibsvmEngine, MlLogisticRegressionEngine, MlRandomForestEngine } from '@churn/models/mljs';

// Loaded where a configuration names such a model, and not by every command.
const load = createRequire(import.meta.url);

export function mlRandomForestEngine(): MlRandomForestEngine {
  return load('ml-random-forest').RandomForestClassifier;
}

export function mlLogisticRegressionEngine(): MlLogisticRegressionEngine<unknown> {
  const loaded = load('ml-logistic-regression');
  return { LogisticRegression: loaded.default ?? loaded, Matrix: load('ml-matrix').Matrix };
}

/** The build of libsvm without WebAssembly, which is there at once. */
export function libsvmEngine(): LibsvmEngine {
  return load('libsvm-js/asm.js');
}
