import { type FittedClassifier, type FittedPipeline, isolateFaults, type Table } from '@churn/core';
import type { ExplainingConfig } from '../config/explaining.js';
import { spreadRows } from '../figures/spread-rows.js';
import { type GroupDecidingPipeline, withThreshold } from '../model/decision.js';
import { createCounterfactualFinder } from './counterfactual-finder.js';

/** How many training rows are looked at, and how many changes are told of a row: more take their time. */
const [SEEN, COUNT] = [1000, 2];

export interface ChangeSettings extends ExplainingConfig {
  /** The rows that the model has learned from. */
  readonly train: Table;
  /** Of two classes, the probability from which on the second is called; without it, the likelier is. */
  readonly threshold?: number | undefined;
  /** The same model with thresholds by group, if it has them: the rows then have the column of the groups. */
  readonly byGroup?: GroupDecidingPipeline | undefined;
}

/** What gives for each row, in words, the closest changes with which the model would call another class. */
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
