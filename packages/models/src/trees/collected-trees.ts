import { joinTrees } from './join-trees.js';
import type { NodeStatistics } from './node-statistics.js';
import { LEAF_COLUMN, type TreeArrays } from './tree-arrays.js';
import { type GrownTree, LEAF } from './tree-grower.js';

/** Collects the trees of a model, each truncated at `maxDepth`, and the importance of each feature. */
export class CollectedTrees {
  readonly #trees: TreeArrays[] = [];
  readonly #importances: Float64Array;

  constructor(
    readonly nFeatures: number,
    readonly statistics: NodeStatistics,
    readonly maxDepth: number,
  ) {
    this.#importances = new Float64Array(nFeatures);
  }

  add(tree: GrownTree): void {
    const cut = cutOff(tree, this.maxDepth);
    this.#trees.push(this.#treeArrays(cut));
    this.#addImportances(cut);
  }

  /** All trees, concatenated. */
  get arrays(): TreeArrays {
    return joinTrees(this.#trees);
  }

  /**
   * Feature importances: the share of each feature in the decrease of impurity by splits, averaged over the trees and scaled to add up to
   * 1; all 0 if no tree has a split (Breiman 2001, as scikit-learn's `feature_importances_`).
   */
  get importances(): number[] {
    const sum = this.#importances.reduce((total, share) => total + share, 0);
    return Array.from(this.#importances, (share) => (sum > 0 ? share / sum : 0));
  }

  #treeArrays({ features, bins, missingLeft, sums }: GrownTree): TreeArrays {
    const { nFeatures, statistics } = this;
    const { nSums, nValues } = statistics;
    const nNodes = features.length;
    const nLeaves = (nNodes + 1) / 2;
    const columns = new Uint16Array(nNodes);
    const leafWeights = new Float32Array(nLeaves);
    const leafValues = new Float64Array(nLeaves * nValues);
    let leaf = 0;
    for (let node = 0; node < nNodes; node++) {
      const feature = features[node];
      if (feature !== LEAF) {
        columns[node] = feature + missingLeft[node] * nFeatures;
        continue;
      }
      columns[node] = LEAF_COLUMN;
      leafWeights[leaf] = statistics.weight(sums, node * nSums);
      statistics.writeValues(sums, node * nSums, leafValues, leaf * nValues);
      leaf++;
    }
    const nodesPerTree = Int32Array.of(nNodes);
    return { columns, bins, sets: new Int32Array(0), nodesPerTree, leafValues, leafWeights };
  }

  #addImportances({ features, sums }: GrownTree): void {
    const { statistics } = this;
    const { nSums } = statistics;
    const gains = new Float64Array(this.nFeatures);
    let sum = 0;
    let left = 1;
    for (let node = 0; node < features.length; node++) {
      if (features[node] === LEAF) continue;
      const gain = statistics.gain(sums, node * nSums, left * nSums);
      gains[features[node]] += gain;
      sum += gain;
      left += 2;
    }
    if (sum > 0) for (let j = 0; j < gains.length; j++) this.#importances[j] += gains[j] / sum;
  }
}

/** The tree without the nodes below `maxDepth`. */
function cutOff(tree: GrownTree, maxDepth: number): GrownTree {
  const { levelEnds } = tree;
  if (levelEnds.length <= maxDepth + 1) return tree;
  const end = levelEnds[maxDepth];
  const features = tree.features.slice(0, end);
  return {
    features: features.fill(LEAF, maxDepth === 0 ? 0 : levelEnds[maxDepth - 1]),
    bins: tree.bins.slice(0, end).fill(0, maxDepth === 0 ? 0 : levelEnds[maxDepth - 1]),
    missingLeft: tree.missingLeft.slice(0, end),
    sums: tree.sums.subarray(0, end * (tree.sums.length / tree.features.length)),
    levelEnds: levelEnds.slice(0, maxDepth + 1),
  };
}
