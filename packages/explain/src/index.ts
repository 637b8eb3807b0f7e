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
  type Contribution,
  type ExplainOptions,
  type Explanation,
  explain,
  type RowExplanation,
} from './explain.js';
export type { ExplainedModel } from './explained-model.js';
export type { ExplanationMethod } from './row-attributions.js';
