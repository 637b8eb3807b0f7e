import type { Table } from '@churn/core';
import { maxThreads } from '../threads/max-threads.js';
import { Binning } from '../trees/binning.js';
import { CollectedTrees } from '../trees/collected-trees.js';
import type { NodeStatistics } from '../trees/node-statistics.js';
import { requireFeatures } from '../trees/require-features.js';
import { type Splitter, TreeGrower, type TreeTarget } from '../trees/tree-grower.js';
import { TreeList } from '../trees/tree-list.js';
import { drawTree } from './draw-tree.js';
import type { Forest } from './forest.js';
import type { GrowthSettings } from './forest-parameters.js';
import { nCompeting } from './max-features.js';
import { type OutOfBag, outOfBag } from './out-of-bag.js';

/** With fewer rows in all trees, a fit ends before other threads have started. */
const MIN_ROWS_FOR_THREADS = 300_000;

/** A kind of forest: the name of the fitted class, and the split criterion. */
export interface ForestKind {
  readonly type: string;
  readonly splitter: Splitter;
}

/** The training data of trees, except for the columns. */
export interface ForestTask {
  readonly target: TreeTarget;
  readonly statistics: NodeStatistics;
  /** The weight of each row. */
  readonly weights: Float64Array;
  /** The out-of-bag score; `null` if all trees were grown on all rows. */
  oobScore(outOfBag: OutOfBag): number | null;
}

/**
 * Grows forests on the same rows. Those that differ only in `nEstimators`, `maxDepth`, `oobScore` and `nJobs` share their trees: a shallow
 * tree is the top of a deeper one, and fewer trees are the first of many.
 *
 * @param learned the rows to learn bins from; all if there are none.
 * @param taskOf what forests of these settings learn from.
 * @throws `invalid-data` if there are no columns, or too many, or one has an infinite value; `column-kind` if one has categories.
 */
export function growForests<Settings extends GrowthSettings>(
  splitter: Splitter,
  x: Table,
  learned: Int32Array | undefined,
  settings: readonly Settings[],
  taskOf: (settings: Settings) => ForestTask,
): Forest[] {
  requireFeatures(x);
  const binnings = new Map<number, BinnedTable>();
  const forests = new Map<Settings, Forest>();
  for (const group of groupsOf(settings)) {
    const [first] = group;
    const binned = binnings.get(first.maxBins) ?? binTable(x, first.maxBins, learned);
    binnings.set(first.maxBins, binned);
    growGroup(binned, splitter, taskOf(first), group).forEach((forest, i) => {
      forests.set(group[i], forest);
    });
  }
  return settings.map((setting) => forests.get(setting) as Forest);
}

/** The settings in groups that can share trees, in their original order. */
function groupsOf<Settings extends GrowthSettings>(settings: readonly Settings[]): Settings[][] {
  const groups = new Map<string, Settings[]>();
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
  { target, statistics, weights, oobScore }: ForestTask,
  group: readonly GrowthSettings[],
): Forest[] {
  const [{ criterion, minSamplesSplit, minSamplesLeaf, maxFeatures }] = group;
  const nFeatures = codes.length;
  const nRows = weights.length;
  const edges = binning.features.map((feature) => ('edges' in feature ? feature.edges : new Float64Array(0)));
  const collected = group.map(
    ({ maxDepth }) => new CollectedTrees(nFeatures, statistics, maxDepth ?? Infinity),
  );
  const nTrees = Math.max(...group.map(({ nEstimators }) => nEstimators));
  const nThreads = Math.max(...group.map(({ nJobs }) => maxThreads(nJobs)));
  const grower = new TreeGrower(
    { nRows, target, codes, edges },
    { criterion, splitter, maxFeatures: nCompeting(maxFeatures, nFeatures), minSamplesSplit, minSamplesLeaf },
    nRows * nTrees < MIN_ROWS_FOR_THREADS ? 1 : Math.min(nTrees, nThreads),
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
    const trees = new TreeList(arrays, { nFeatures, nOutputs: statistics.nValues });
    const score = setting.oobScore ? oobScore(outOfBag(trees, codes, weights, setting)) : null;
    return { binning, trees, importances, oobScore: score };
  });
}
