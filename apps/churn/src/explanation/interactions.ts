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

/** What two raw columns add together to the scores of rows, beyond what each adds alone. */
export interface Interaction {
  readonly columns: readonly [first: string, second: string];
  /** One number per row: the SHAP interaction value of the pair, both halves of it. */
  readonly values: Float64Array;
  /** The mean size of these. */
  readonly strength: number;
}

/**
 * How pairs of raw columns interact in the trees of a model, the strongest pair first; of an ensemble in the trees of its member of most
 * weight, and of a calibrated model before calibration. Nothing for a model that has no trees: a linear one has no interactions.
 *
 * The time grows with rows and leaves.
 *
 * @param output of a model of several scores, which one; default the last, that of the second of two classes.
 */
export function interactionsOf(
  model: FittedPipeline<FittedModel>,
  x: Table,
  output?: number,
): Interaction[] | undefined {
  const found = treesIn(model);
  if (!found) return undefined;
  const { pipeline, trees } = found;
  const scores = treeShapInteractions(trees, pipeline.transform(x.select(pipeline.features)));
  const { interactions } = scores[Math.min(output ?? scores.length - 1, scores.length - 1)];
  return columnPairs(pipeline, trees.features, interactions, x.nRows);
}

/** Whether a model has trees, whose interactions can be told. */
export function hasInteractions(model: FittedPipeline<FittedModel>): boolean {
  return treesIn(model) !== undefined;
}

/** What interactions are measured in: the scale on which the trees of the model add up. Nothing for a model that has no trees. */
export function interactionUnit(model: FittedPipeline<FittedModel>): string | undefined {
  const trees = treesIn(model)?.trees;
  if (!trees) return undefined;
  if (trees instanceof FittedGradientBoosting) return 'log-odds';
  if (trees instanceof FittedForest) return 'probability';
  // Boosting with a log link adds up logarithms, and attributes no amounts.
  return trees.attributions ? 'amount' : 'log of the amount';
}

/** A bound on rows times nodes, which takes a second or two, and on rows: more say hardly more. */
const [MOST_VISITS, MOST_ROWS] = [1_500_000, 40];
/** Fewer rows say too little of all. */
const LEAST_ROWS = 6;

/** How pairs of raw columns interact over some rows of a table; nothing where the model has no trees, or so many that it takes long. */
export function typicalInteractions(model: FittedPipeline<FittedModel>, x: Table): Interaction[] {
  const found = treesIn(model);
  if (!found) return [];
  const nRows = Math.min(MOST_ROWS, Math.floor(MOST_VISITS / nodesOf(found.trees)));
  return nRows < LEAST_ROWS ? [] : (interactionsOf(model, x.take(spreadRows(x.nRows, nRows))) ?? []);
}

function nodesOf(trees: Trees): number {
  return ('forest' in trees ? trees.forest : trees.boosted).trees.arrays.columns.length;
}

type Trees = FittedForest | FittedForestRegressor | FittedGradientBoosting | FittedGradientBoostingRegressor;

interface TreesOfColumns {
  /** Whose steps make of raw columns what the trees take. */
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

/** The model inside one that adds a calibration, a threshold, or others to it. */
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

/** Pairs of raw columns, of the pairs of features that are made of them: what two features share is divided among their columns. */
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
          // Each pair is told twice, half in each place.
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
