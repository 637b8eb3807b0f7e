import {
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  requireTargetPerRow,
  sampleWeights,
  type Table,
} from '@churn/core';
import { rowWeights } from '../class-weight.js';
import { mostThreads } from '../threads/most-threads.js';
import { Binning } from '../trees/binning.js';
import { ClassTrees, nLeafValues } from '../trees/class-trees.js';
import { requireFeatures } from '../trees/require-features.js';
import { type Splitter, TreeGrower } from '../trees/tree-grower.js';
import { TreeList } from '../trees/tree-list.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { weightedRows } from '../weighted-rows.js';
import { drawTree } from './draw-tree.js';
import { FittedForest, type Forest } from './fitted-forest.js';
import type { ForestSettings } from './forest-parameters.js';
import { nCompeting } from './max-features.js';
import { oobAccuracy } from './out-of-bag.js';

/** With fewer rows in all trees a fit is over before other threads have started. */
const FEWEST_ROWS_FOR_THREADS = 300_000;

/** A class of forests: the name of what they become, and how their nodes split. */
export interface ForestKind {
  readonly type: string;
  readonly splitter: Splitter;
}

/**
 * Grows forests on the same rows. Those that differ in `nEstimators`, `maxDepth`, `oobScore` and `nJobs` alone share their trees: a tree
 * of less depth is the top of a deeper one, and fewer trees are the first of many.
 */
export function growForests(
  { type, splitter }: ForestKind,
  x: Table,
  y: LabelsLike,
  specifications: readonly { readonly options: ForestSettings }[],
  options?: FitOptions,
): FittedForest[] {
  const settings = specifications.map((specification) => specification.options);
  const labels = classLabels(y);
  requireTargetPerRow(x, labels);
  requireFeatures(x);
  const learned = weightedRows(sampleWeights(options ?? {}, x.nRows));
  const binnings = new Map<number, BinnedTable>();
  const forests = new Map<ForestSettings, Forest>();
  for (const group of groupsOf(settings)) {
    const [{ maxBins, classWeight }] = group;
    const binned = binnings.get(maxBins) ?? binTable(x, maxBins, learned);
    binnings.set(maxBins, binned);
    const weights = rowWeights(labels, classWeight, options) ?? new Float64Array(x.nRows).fill(1);
    growGroup(binned, splitter, labels, inUnit(weights, weightUnit(weights)), group).forEach((forest, i) => {
      forests.set(group[i], forest);
    });
  }
  return settings.map((setting) => new FittedForest(type, forests.get(setting) as Forest));
}

/** The settings that can share trees together, in the order in which they came. */
function groupsOf(settings: readonly ForestSettings[]): ForestSettings[][] {
  const groups = new Map<string, ForestSettings[]>();
  for (const setting of new Set(settings)) {
    const { nEstimators, maxDepth, oobScore, nJobs, ...shared } = setting;
    const key = JSON.stringify(shared);
    groups.set(key, [...(groups.get(key) ?? []), setting]);
  }
  return [...groups.values()];
}

interface BinnedTable {
  readonly binning: Binning;
  readonly codes: readonly Uint8Array[];
}

function binTable(x: Table, maxBins: number, rows: Int32Array | undefined): BinnedTable {
  const binning = Binning.learn(x, maxBins, false, rows);
  return { binning, codes: binning.codes(x) };
}

function growGroup(
  { binning, codes }: BinnedTable,
  splitter: Splitter,
  labels: Labels,
  weights: Float64Array,
  group: readonly ForestSettings[],
): Forest[] {
  const [{ criterion, minSamplesSplit, minSamplesLeaf, maxFeatures }] = group;
  const nFeatures = codes.length;
  const nClasses = labels.classes.length;
  const edges = binning.features.map((feature) => ('edges' in feature ? feature.edges : new Float64Array(0)));
  const collected = group.map(
    ({ maxDepth }) => new ClassTrees(nFeatures, nClasses, criterion, maxDepth ?? Infinity),
  );
  const nTrees = Math.max(...group.map(({ nEstimators }) => nEstimators));
  const nThreads = Math.max(...group.map(({ nJobs }) => mostThreads(nJobs)));
  const grower = new TreeGrower(
    { nRows: labels.length, nClasses, classes: labels.codes, codes, edges },
    { criterion, splitter, maxFeatures: nCompeting(maxFeatures, nFeatures), minSamplesSplit, minSamplesLeaf },
    labels.length * nTrees < FEWEST_ROWS_FOR_THREADS ? 1 : Math.min(nTrees, nThreads),
  );
  try {
    for (let first = 0; first < nTrees; first += grower.nSlots) {
      const numbers = Array.from({ length: Math.min(grower.nSlots, nTrees - first) }, (_, i) => first + i);
      const wanting = numbers.map((tree) =>
        group.flatMap(({ nEstimators }, i) => (tree < nEstimators ? [collected[i]] : [])),
      );
      const starts = numbers.map((tree, i) => {
        const drawing = drawTree(group[0], tree);
        return {
          ...drawing,
          rowWeights: weights,
          maxDepth: Math.max(...wanting[i].map(({ maxDepth }) => maxDepth)),
        };
      });
      grower.grow(starts).forEach((grown, i) => {
        for (const trees of wanting[i]) trees.add(grown);
      });
    }
  } finally {
    grower.close();
  }
  return group.map((setting, i) => {
    const { arrays, importances } = collected[i];
    const trees = new TreeList(arrays, { nFeatures, nOutputs: nLeafValues(nClasses) });
    const oobScore = setting.oobScore ? oobAccuracy(trees, codes, labels, weights, setting) : null;
    return { classes: labels.classes, binning, trees, importances, oobScore };
  });
}
