import { type FittedClassifier, isPipeline, type Table } from '@churn/core';

/**
 * The scores of a model that a calibration maps to probabilities: what its `decisionFunction` gives if it has one, else its
 * probabilities. Of two classes there is one array, for the second class; of more there is one per class.
 *
 * A pipeline has the scores of the classifier at its end.
 */
export function classifierScores(model: FittedClassifier, x: Table): Float64Array[] {
  if (isPipeline(model)) return classifierScores(model.model as FittedClassifier, model.transform(x));
  const nScores = model.classes.length === 2 ? 1 : model.classes.length;
  if (hasDecisionFunction(model)) {
    const scores = model.decisionFunction(x);
    // Some give a score a pair of classes: those are not scores of a class.
    if (scores.length === nScores) return scores;
  }
  const probabilities = model.predictProba(x);
  return nScores === 1 ? [probabilities[1]] : probabilities;
}

interface WithDecisionFunction {
  decisionFunction(x: Table): Float64Array[];
}

/** Whether the scores of a model, or of the one at the end of a pipeline, are what a decision function gives. */
export function isDecided(model: FittedClassifier): boolean {
  return hasDecisionFunction(isPipeline(model) ? (model.model as FittedClassifier) : model);
}

function hasDecisionFunction(model: FittedClassifier): model is FittedClassifier & WithDecisionFunction {
  return 'decisionFunction' in model && typeof model.decisionFunction === 'function';
}
