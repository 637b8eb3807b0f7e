export type { Direction } from './counterfactuals/constraints.js';
export {
  type Change,
  type Counterfactual,
  type CounterfactualOptions,
  counterfactualFinder,
  counterfactuals,
  type RowCounterfactuals,
} from './counterfactuals/counterfactuals.js';
export {
  type AccumulatedLocalEffects,
  type AccumulatedLocalEffectsOptions,
  accumulatedLocalEffects,
} from './dependence/accumulated-local-effects.js';
export {
  type PartialDependence,
  type PartialDependenceOptions,
  partialDependence,
} from './dependence/partial-dependence.js';
export {
  type Contribution,
  type ExplainOptions,
  type Explanation,
  explain,
  type RowExplanation,
} from './explain.js';
export type { ExplainedModel } from './explained-model.js';
export { type KernelShapOptions, kernelShap } from './kernel-shap/kernel-shap.js';
export type { OutputOptions } from './model-output.js';
export type { ExplanationMethod } from './row-attributions.js';
