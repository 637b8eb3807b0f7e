import { type FittedModel, type FittedPart, FittedPipeline, type Table } from '@churn/core';
import {
  FittedCalibratedClassifier,
  FittedForest,
  FittedForestRegressor,
  FittedGradientBoosting,
  FittedGradientBoostingRegressor,
  FittedVotingClassifier,
  FittedVotingRegressor,
  treeShapInteractions,
} from '@churn/models';
import { FittedGroupThresholdClassifier, FittedThresholdClassifier } from '@churn/selection';
import { spreadRows } from '../figures/spread-rows.js';

/** The interaction of two raw columns: their joint contribution to scores, beyond their separate ones. */
export interface Interaction {
  readonly columns: readonly [first: string, second: string];
  /** One number per row: the SHAP interaction value of the pair, including both halves. */
  readonly values: Float64Array;
  /** The mean absolute value. */
  readonly strength: number;
}

/**
 * The interactions of pairs of raw columns in the trees of a model, strongest first. For an ensemble, those of its member with the largest
 * weight; for a calibrated model, those before calibration. `undefined` for a model without trees; a linear model has no interactions.
 *
 * The time grows with rows and leaves.
 *
 * @param output the index of the score, for a model with several; by default the last, that of the second of two classes.
 */
export function interactionsOf(
  model: FittedPipeline<FittedModel>,
  x: Table,
  output?: number,
): Interaction[] | undefined {
  const found = treesIn(model);
  return found && interactionsIn(found, x, output);
}

function interactionsIn({ pipeline, trees }: TreesOfColumns, x: Table, output?: number): Interaction[] {
  const scores = treeShapInteractions(trees, pipeline.transform(x.select(pipeline.features)));
  const { interactions } = scores[Math.min(output ?? scores.length - 1, scores.length - 1)];
  return columnPairs(pipeline, trees.features, interactions, x.nRows);
}

/** Whether a model has trees, so that its interactions can be computed. */
export function hasInteractions(model: FittedPipeline<FittedModel>): boolean {
  return treesIn(model) !== undefined;
}

/** The unit of interactions: the scale on which the trees of the model add up. `undefined` for a model without trees. */
export function interactionUnit(model: FittedPipeline<FittedModel>): string | undefined {
  const trees = treesIn(model)?.trees;
  if (!trees) return undefined;
  if (trees instanceof FittedGradientBoosting) return 'log-odds';
  if (trees instanceof FittedForest) return 'probability';
  // Boosting with a log link adds up logarithms.
  return trees.attributions ? 'amount' : 'log of the value';
}

/** The maximum number of rows times nodes, for a second or two, and of rows; more hardly improve the result. */
const [MAX_VISITS, MAX_ROWS] = [1_500_000, 40];
/** The minimum number of rows to represent all. */
const LEAST_ROWS = 6;

/** The interactions of pairs of raw columns over a sample of a table; empty if the model has no trees, or too many for the time. */
export function typicalInteractions(model: FittedPipeline<FittedModel>, x: Table): Interaction[] {
  const found = treesIn(model);
  if (!found) return [];
  const nRows = Math.min(MAX_ROWS, Math.floor(MAX_VISITS / nodesOf(found.trees)));
  return nRows < LEAST_ROWS ? [] : interactionsIn(found, x.take(spreadRows(x.nRows, nRows)));
}

function nodesOf(trees: Trees): number {
  return ('forest' in trees ? trees.forest : trees.boosted).trees.arrays.columns.length;
}

type Trees = FittedForest | FittedForestRegressor | FittedGradientBoosting | FittedGradientBoostingRegressor;

interface TreesOfColumns {
  /** The pipeline whose steps turn raw columns into the features of the trees. */
  readonly pipeline: FittedPipeline<FittedModel>;
  readonly trees: Trees;
}

function treesIn(model: FittedPipeline<FittedModel>): TreesOfColumns | undefined {
  let part = model.model as FittedPart;
  for (;;) {
    if (part instanceof FittedPipeline) return treesIn(part as FittedPipeline<FittedModel>);
    if (isTrees(part)) return { pipeline: model, trees: part };
    const inner = innerOf(part);
    if (!inner) return undefined;
    part = inner;
  }
}

function isTrees(part: FittedPart): part is Trees {
  return [FittedForest, FittedForestRegressor, FittedGradientBoosting, FittedGradientBoostingRegressor].some(
    (type) => part instanceof type,
  );
}

/** The model inside a calibration, a threshold or an ensemble. */
function innerOf(part: FittedPart): FittedPart | undefined {
  if (
    part instanceof FittedCalibratedClassifier ||
    part instanceof FittedThresholdClassifier ||
    part instanceof FittedGroupThresholdClassifier
  ) {
    return part.classifier as FittedPart;
  }
  if (part instanceof FittedVotingClassifier || part instanceof FittedVotingRegressor) {
    const { weights } = part;
    return part.members[weights.indexOf(Math.max(...weights))];
  }
  return undefined;
}

/** Aggregates interactions of features to pairs of raw columns; that of two features is divided among their columns. */
function columnPairs(
  { steps, features: columns, origins }: FittedPipeline<FittedModel>,
  features: readonly string[],
  interactions: readonly (readonly Float64Array[])[],
  nRows: number,
): Interaction[] {
  const rawOf = features.map((name) => (steps.length === 0 ? [name] : (origins.get(name) ?? [])));
  const places = new Map(columns.map((name, j) => [name, j]));
  const pairs = new Map<number, Float64Array>();
  interactions.forEach((ofFirst, f) => {
    ofFirst.forEach((values, g) => {
      for (const first of rawOf[f]) {
        for (const second of rawOf[g]) {
          // Each pair appears twice, with half of the value each.
          const [a, b] = [first, second].map((name) => places.get(name) as number).sort((p, q) => p - q);
          if (a === b) continue;
          const key = a * columns.length + b;
          const sum = pairs.get(key) ?? new Float64Array(nRows);
          for (let row = 0; row < nRows; row++) {
            sum[row] += values[row] / (rawOf[f].length * rawOf[g].length);
          }
          pairs.set(key, sum);
        }
      }
    });
  });
  return Array.from(pairs, ([key, values]): Interaction => {
    const strength = values.reduce((sum, value) => sum + Math.abs(value), 0) / nRows;
    return {
      columns: [columns[Math.floor(key / columns.length)], columns[key % columns.length]],
      values,
      strength,
    };
  })
    .filter(({ strength }) => strength > 0)
    .sort((a, b) => b.strength - a.strength);
}
