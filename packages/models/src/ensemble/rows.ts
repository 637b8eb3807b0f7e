import type { Classifier, FitOptions, FittedClassifier, Labels, Table } from '@churn/core';
import { acceptedOptions } from './accepted-options.js';

/** What classifiers are fitted on. */
export interface TrainingTable {
  readonly x: Table;
  readonly labels: Labels;
  readonly weights: Float64Array | undefined;
}

/** Fits a classifier on some rows, each as often as it is named; without them on all. Sample weights count where it takes them. */
export function fitOn(
  classifier: Classifier,
  { x, labels, weights }: TrainingTable,
  rows?: Int32Array,
): FittedClassifier {
  const sampleWeight = rows && weights ? Float64Array.from(rows, (row) => weights[row]) : weights;
  const options: FitOptions = sampleWeight ? { sampleWeight } : {};
  return classifier.fit(
    rows ? x.take(rows) : x,
    rows ? labels.take(rows) : labels,
    acceptedOptions(classifier, options),
  );
}
