import { type FittedClassifier, type FittedPipeline, isolateFaults, type Table } from '@churn/core';
import type { ExplainingConfig } from '../config/explaining.js';
import { spreadRows } from '../figures/spread-rows.js';
import { type GroupDecidingPipeline, withThreshold } from '../model/decision.js';
import { createCounterfactualFinder } from './counterfactual-finder.js';

/** The numbers of training rows and of counterfactuals per row, limited for speed. */
const [SEEN, COUNT] = [1000, 2];

export interface ChangeSettings extends ExplainingConfig {
  /** The training rows of the model. */
  readonly train: Table;
  /** For two classes, the threshold; without it, the more probable class is predicted. */
  readonly threshold?: number | undefined;
  /** The same model with thresholds by group, if it has them; the rows then have the column of the groups. */
  readonly byGroup?: GroupDecidingPipeline | undefined;
}

/** Returns a function that describes, for each row, the closest changes that alter the predicted class. */
export function changesOfRows(
  model: FittedPipeline<FittedClassifier>,
  { train, threshold, byGroup, ...explaining }: ChangeSettings,
): (x: Table) => string[][] {
  const some = train.take(spreadRows(train.nRows, SEEN));
  const { rows } = isolateFaults(some, (part) => model.predictProba(part));
  const deciding = threshold === undefined ? model : withThreshold(model, threshold);
  const find = createCounterfactualFinder({ model: deciding, byGroup }, some.take(rows), {
    ...explaining,
    ...{ count: COUNT, passesOver: true },
  });
  return (x) => find(x).map((found) => found.map(({ text }) => text));
}
