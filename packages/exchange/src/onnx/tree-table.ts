import type { ValueName } from './graph.js';
import type { RowGraph } from './row-graph.js';

/** A tree of the `TreeEnsemble` operator: its nodes, the root first. */
export type TableTree = readonly TableNode[];

/** A leaf adds its value to the sum. */
export type TableNode = TableBranch | { readonly value: number };

/** Numbers up to the threshold go left, larger ones right. */
interface TableBranch {
  readonly feature: number;
  readonly threshold: number;
  readonly isMissingLeft: boolean;
  readonly left: number;
  readonly right: number;
}

const SUM = 1;
const NO_TRANSFORM = 0;
const LESS_OR_EQUAL = 0;

/** The attributes of `TreeEnsemble` (ai.onnx.ml 5), which sums trees into targets. */
export class TreeTable {
  readonly #roots: number[] = [];
  readonly #features: number[] = [];
  readonly #splits: number[] = [];
  readonly #tracks: number[] = [];
  readonly #children = {
    trueIds: [] as number[],
    trueLeafs: [] as number[],
    falseIds: [] as number[],
    falseLeafs: [] as number[],
  };
  readonly #targets: number[] = [];
  readonly #weights: number[] = [];

  /** Adds the values of the leaves of a tree to target `target`. */
  add(tree: TableTree, target: number): void {
    const root = tree[0];
    this.#roots.push(this.#splits.length);
    if ('value' in root) {
      // A tree needs a split, so both branches lead to the same leaf.
      const leaf = { isLeaf: true, at: this.#addLeaf(root.value, target) };
      this.#link(this.#addNode(0, 0, false), leaf, leaf);
      return;
    }
    // onnxruntime mistakes a root for a leaf if its branches are a leaf and a node with the same number (microsoft/onnxruntime#24679).
    if (this.#wouldCollide(tree, root)) this.#addLeaf(0, target);
    const places = tree.map((node) =>
      'value' in node
        ? { isLeaf: true, at: this.#addLeaf(node.value, target) }
        : { isLeaf: false, at: this.#addNode(node.feature, node.threshold, node.isMissingLeft) },
    );
    tree.forEach((node, at) => {
      if (!('value' in node)) this.#link(places[at].at, places[node.left], places[node.right]);
    });
  }

  get isEmpty(): boolean {
    return this.#roots.length === 0;
  }

  /** The sums as a matrix of shape [N, targets]. */
  ensemble(graph: RowGraph, features: ValueName, nTargets: number): ValueName {
    const { trueIds, trueLeafs, falseIds, falseLeafs } = this.#children;
    const doubles = (values: readonly number[]) =>
      ({ tensor: { type: 'double', dims: [values.length], values } }) as const;
    const modes = this.#splits.map(() => LESS_OR_EQUAL);
    return graph.mlNode('TreeEnsemble', [features], {
      aggregate_function: SUM,
      post_transform: NO_TRANSFORM,
      n_targets: nTargets,
      tree_roots: { integers: this.#roots },
      nodes_featureids: { integers: this.#features },
      nodes_modes: { tensor: { type: 'uint8', dims: [modes.length], values: modes } },
      nodes_splits: doubles(this.#splits),
      nodes_missing_value_tracks_true: { integers: this.#tracks },
      nodes_truenodeids: { integers: trueIds },
      nodes_trueleafs: { integers: trueLeafs },
      nodes_falsenodeids: { integers: falseIds },
      nodes_falseleafs: { integers: falseLeafs },
      leaf_targetids: { integers: this.#targets },
      leaf_weights: doubles(this.#weights),
    });
  }

  #wouldCollide(tree: TableTree, { left, right }: TableBranch): boolean {
    const numberOf = (at: number) => {
      const isLeaf = 'value' in tree[at];
      const before = tree.slice(0, at).filter((node) => 'value' in node === isLeaf).length;
      return before + (isLeaf ? this.#weights : this.#splits).length;
    };
    return 'value' in tree[left] !== 'value' in tree[right] && numberOf(left) === numberOf(right);
  }

  #addNode(feature: number, threshold: number, isMissingLeft: boolean): number {
    this.#features.push(feature);
    this.#tracks.push(isMissingLeft ? 1 : 0);
    return this.#splits.push(threshold) - 1;
  }

  #addLeaf(value: number, target: number): number {
    this.#targets.push(target);
    return this.#weights.push(value) - 1;
  }

  #link(at: number, left: Place, right: Place): void {
    const { trueIds, trueLeafs, falseIds, falseLeafs } = this.#children;
    trueIds[at] = left.at;
    trueLeafs[at] = Number(left.isLeaf);
    falseIds[at] = right.at;
    falseLeafs[at] = Number(right.isLeaf);
  }
}

interface Place {
  readonly isLeaf: boolean;
  readonly at: number;
}
