import { type Criterion, purity } from './criterion.js';
import { joinTrees } from './join-trees.js';
import { LEAF_COLUMN, type TreeArrays } from './tree-arrays.js';
import { type GrownTree, LEAF } from './tree-grower.js';

/** How many values a leaf of a classification tree has: the probability of each class, or of two that of the second alone. */
export function nLeafValues(nClasses: number): number {
  return nClasses === 2 ? 1 : nClasses;
}

/** Collects the trees of one model, each cut off at `maxDepth`, and how much each feature lowers the impurity. */
export class ClassTrees {
  readonly #trees: TreeArrays[] = [];
  readonly #importances: Float64Array;

  constructor(
    readonly nFeatures: number,
    readonly nClasses: number,
    readonly criterion: Criterion,
    readonly maxDepth: number,
  ) {
    this.#importances = new Float64Array(nFeatures);
  }

  add(tree: GrownTree): void {
    const cut = cutOff(tree, this.maxDepth);
    this.#trees.push(this.#treeArrays(cut));
    this.#addImportances(cut);
  }

  /** All trees after one another. */
  get arrays(): TreeArrays {
    return joinTrees(this.#trees);
  }

  /**
   * The share of each feature in what the splits lower the impurity by: the mean over the trees, which count alike, scaled to add
   * up to 1; all 0 where no tree has a split (Breiman 2001, as scikit-learn's `feature_importances_`).
   */
  get importances(): number[] {
    const sum = this.#importances.reduce((total, share) => total + share, 0);
    return Array.from(this.#importances, (share) => (sum > 0 ? share / sum : 0));
  }

  #treeArrays({ features, bins, missingLeft, weights }: GrownTree): TreeArrays {
    const { nFeatures, nClasses } = this;
    const nValues = nLeafValues(nClasses);
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
      const from = node * nClasses;
      let total = 0;
      for (let k = 0; k < nClasses; k++) total += weights[from + k];
      leafWeights[leaf] = total;
      for (let k = 0; k < nValues; k++) {
        leafValues[leaf * nValues + k] = weights[nValues === 1 ? from + 1 : from + k] / total;
      }
      leaf++;
    }
    const nodesPerTree = Int32Array.of(nNodes);
    return { columns, bins, sets: new Int32Array(0), nodesPerTree, leafValues, leafWeights };
  }

  #addImportances({ features, weights }: GrownTree): void {
    const { criterion, nClasses } = this;
    const gains = new Float64Array(this.nFeatures);
    const purityOf = (node: number) => purity(criterion, weights, node * nClasses, (node + 1) * nClasses);
    let sum = 0;
    let left = 1;
    for (let node = 0; node < features.length; node++) {
      if (features[node] === LEAF) continue;
      const gain = purityOf(left) + purityOf(left + 1) - purityOf(node);
      gains[features[node]] += gain;
      sum += gain;
      left += 2;
    }
    if (sum > 0) for (let j = 0; j < gains.length; j++) this.#importances[j] += gains[j] / sum;
  }
}

/** The tree without what lies deeper than `maxDepth`. */
function cutOff(tree: GrownTree, maxDepth: number): GrownTree {
  const { levelEnds } = tree;
  if (levelEnds.length <= maxDepth + 1) return tree;
  const end = levelEnds[maxDepth];
  const features = tree.features.slice(0, end);
  return {
    features: features.fill(LEAF, maxDepth === 0 ? 0 : levelEnds[maxDepth - 1]),
    bins: tree.bins.slice(0, end).fill(0, maxDepth === 0 ? 0 : levelEnds[maxDepth - 1]),
    missingLeft: tree.missingLeft.slice(0, end),
    weights: tree.weights.subarray(0, end * (tree.weights.length / tree.features.length)),
    levelEnds: levelEnds.slice(0, maxDepth + 1),
  };
}
