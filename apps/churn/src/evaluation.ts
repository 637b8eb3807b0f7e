import { type FittedClassifier, type Labels, likeliest, type Table } from '@churn/core';
import { accuracy, precisionRecallF1, rocAuc } from '@churn/selection';

/** How well a model does on rows that it has not seen; precision, recall and F1 are those of the positive class. */
export type TestMetrics = {
  readonly rocAuc: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** What `metrics.json` holds. */
export type Metrics = {
  readonly models: { readonly [name: string]: ModelMetrics };
  /** The model with the best cross-validated ROC AUC or, without cross-validation, with the best on the test rows. */
  readonly best: string;
};

export type ModelMetrics = {
  readonly cv?: { readonly rocAuc: number };
  readonly test: TestMetrics;
};

/** Scores a model on labelled rows. */
export function evaluate(model: FittedClassifier, x: Table, y: Labels): TestMetrics {
  const probabilities = model.predictProba(x);
  // What predict gives, without processing the rows again.
  const predicted = likeliest(model.classes, probabilities);
  return {
    rocAuc: rocAuc(y, probabilities[1]),
    accuracy: accuracy(y, predicted),
    ...precisionRecallF1(y, predicted),
  };
}
