export type { ConformanceCheck } from './testing/check.js';
export { type ClassifierSubject, classifierConformance } from './testing/classifier-conformance.js';
export { type RegressorSubject, regressorConformance } from './testing/regressor-conformance.js';
export { snapshot } from './testing/snapshot.js';
export { type SurvivalSubject, survivalConformance } from './testing/survival-conformance.js';
export { type TransformerSubject, transformerConformance } from './testing/transformer-conformance.js';
