import { type Attributions, type FittedClassifier, isPipeline, type Table } from '@churn/core';

/**
 * The scores of a model that a calibration maps to probabilities: what its `decisionFunction` gives where it has one, else its
 * probabilities. Of two classes there is one array, for the second class; of more there is one a class.
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

/**
 * The attributions of a model, where what they add up to is its one score: the scores of a forest are the probabilities that it
 * explains, those of other models what a decision function gives.
 */
export function scoreAttributions(model: FittedClassifier): ((x: Table) => Attributions) | undefined {
  const end = isPipeline(model) ? (model.model as FittedClassifier) : model;
  const isExplained = hasDecisionFunction(end) || 'forest' in end;
  const { attributions } = model;
  if (!attributions || !isExplained || model.classes.length !== 2) return undefined;
  return (x) => attributions.call(model, x);
}

interface WithDecisionFunction {
  decisionFunction(x: Table): Float64Array[];
}

function hasDecisionFunction(model: FittedClassifier): model is FittedClassifier & WithDecisionFunction {
  return 'decisionFunction' in model && typeof model.decisionFunction === 'function';
}
