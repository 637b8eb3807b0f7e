import { type FittedClassifier, isPipeline, type Table } from '@churn/core';

/**
 * The scores that a calibration maps to probabilities: those of the model's `decisionFunction` if it has one, otherwise its probabilities.
 * For two classes, there is one array, for the second class; otherwise there is one per class.
 *
 * The scores of a pipeline are those of its classifier.
 */
export function classifierScores(model: FittedClassifier, x: Table): Float64Array[] {
  if (isPipeline(model)) return classifierScores(model.model as FittedClassifier, model.transform(x));
  const nScores = model.classes.length === 2 ? 1 : model.classes.length;
  if (hasDecisionFunction(model)) {
    const scores = model.decisionFunction(x);
    // Some models have one score per pair of classes, which is not a score of a class.
    if (scores.length === nScores) return scores;
  }
  const probabilities = model.predictProba(x);
  return nScores === 1 ? [probabilities[1]] : probabilities;
}

interface WithDecisionFunction {
  decisionFunction(x: Table): Float64Array[];
}

/** Whether the scores of a model, or of the classifier of a pipeline, come from a decision function. */
export function isDecided(model: FittedClassifier): boolean {
  return hasDecisionFunction(isPipeline(model) ? (model.model as FittedClassifier) : model);
}

function hasDecisionFunction(model: FittedClassifier): model is FittedClassifier & WithDecisionFunction {
  return 'decisionFunction' in model && typeof model.decisionFunction === 'function';
}
