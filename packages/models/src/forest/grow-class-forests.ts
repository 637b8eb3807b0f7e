import { classLabels, type FitOptions, type LabelsLike, sampleWeights, type Table } from '@churn/core';
import { rowWeights } from '../class-weight.js';
import { ClassStatistics } from '../trees/class-statistics.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { weightedRows } from '../weighted-rows.js';
import { FittedForest } from './fitted-forest.js';
import type { ForestSettings } from './forest-parameters.js';
import { type ForestKind, growForests } from './grow-forest.js';
import { oobAccuracy } from './out-of-bag.js';

/** Grows classification forests on the same rows, like `growForests`. */
export function growClassForests(
  { type, splitter }: ForestKind,
  x: Table,
  y: LabelsLike,
  specifications: readonly { readonly options: ForestSettings }[],
  options: FitOptions = {},
): FittedForest[] {
  const settings = specifications.map((specification) => specification.options);
  const labels = classLabels(y, x);
  const { classes, codes } = labels;
  const learned = weightedRows(sampleWeights(options, labels.length));
  const forests = growForests(splitter, x, learned, settings, ({ criterion, classWeight }) => {
    const given = rowWeights(labels, classWeight, options) ?? new Float64Array(labels.length).fill(1);
    const weights = inUnit(given, weightUnit(given));
    return {
      target: { nClasses: classes.length, classes: codes },
      statistics: new ClassStatistics(classes.length, criterion),
      weights,
      oobScore: (outOfBag) => oobAccuracy(outOfBag, labels, weights),
    };
  });
  return forests.map((forest) => new FittedForest(type, { classes, ...forest }));
}
