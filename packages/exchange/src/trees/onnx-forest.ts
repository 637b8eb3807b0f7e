import { ChurnError } from '@churn/core';
import type { OnnxAttributes } from '../onnx/onnx-file.js';
import type { OnnxMode, OnnxTreeNode } from './onnx-nodes.js';

/** The trees of an ONNX node. */
export interface OnnxForest {
  readonly nodes: readonly OnnxTreeNode[];
  readonly roots: readonly number[];
  /** The scores that leaves have values for. */
  readonly targets: ReadonlySet<number>;
  readonly nFeatures: number;
}

/** The maximum number of features that trees may have. */
const MAX_FEATURES = 32_767;

/**
 * The trees of `TreeEnsembleClassifier` (`of: 'class'`) and `TreeEnsembleRegressor` (`of: 'target'`) of ai.onnx.ml 1 and 3.
 * @throws `model-file` if the attributes do not describe trees; `unsupported` for other modes.
 */
export function readForest(attributes: OnnxAttributes, of: 'class' | 'target', nScores: number): OnnxForest {
  const modes = attributes.texts('nodes_modes');
  const nNodes = modes.length;
  const listed = (name: string, from: readonly number[], isOptional = false) => {
    if (from.length === nNodes || (isOptional && from.length === 0)) return from;
    throw new ChurnError('model-file', `${name}: expected ${nNodes} numbers, one a node, got ${from.length}`);
  };
  const integers = (name: string) => listed(name, attributes.integers(name));
  const treeIds = integers('nodes_treeids');
  const nodeIds = integers('nodes_nodeids');
  const features = integers('nodes_featureids');
  const thresholds = listed('nodes_values', attributes.numbers('nodes_values'));
  const whenTrue = integers('nodes_truenodeids');
  const whenFalse = integers('nodes_falsenodeids');
  const tracksName = 'nodes_missing_value_tracks_true';
  const tracks = listed(tracksName, attributes.integers(tracksName), true);
  const places = new Map(treeIds.map((tree, node) => [`${tree} ${nodeIds[node]}`, node]));
  if (places.size !== nNodes) throw new ChurnError('model-file', 'expected unique node numbers in each tree');
  const placeOf = (tree: number, node: number) => {
    const place = places.get(`${tree} ${node}`);
    if (place === undefined) throw new ChurnError('model-file', `tree ${tree} has no node ${node}`);
    return place;
  };
  const leaves = leafValues(attributes, of, nScores, placeOf);
  const isChild = new Uint8Array(nNodes);
  const nodes = modes.map((mode, node): OnnxTreeNode => {
    if (mode === 'LEAF') return { values: leaves.values.get(node) ?? Array(nScores).fill(0) };
    const children = [whenTrue[node], whenFalse[node]].map((id) => placeOf(treeIds[node], id));
    for (const child of children) isChild[child] = 1;
    return {
      mode: modeOf(mode),
      feature: featureOf(features[node]),
      threshold: thresholds[node],
      whenTrue: children[0],
      whenFalse: children[1],
      isMissingTrue: tracks[node] === 1,
    };
  });
  const roots = Array.from(nodes.keys()).filter((node) => isChild[node] === 0);
  const nTrees = new Set(treeIds).size;
  if (roots.length !== nTrees) {
    throw new ChurnError('model-file', `expected a root for each of ${nTrees} trees, got ${roots.length}`);
  }
  return { nodes, roots, targets: leaves.targets, nFeatures: countOf(nodes) };
}

const MODES = ['LEQ', 'LT', 'GTE', 'GT', 'EQ', 'NEQ'] as const;

/**
 * The trees of `TreeEnsemble` of ai.onnx.ml 5 with one target.
 * @throws the errors of `readForest`.
 */
export function readForest5(attributes: OnnxAttributes): OnnxForest {
  const features = attributes.integers('nodes_featureids');
  const nNodes = features.length;
  const weights = attributes.tensor('leaf_weights');
  const listed = (name: string, from: readonly number[]) => {
    if (from.length === nNodes) return from;
    throw new ChurnError('model-file', `${name}: expected ${nNodes} numbers, one a node, got ${from.length}`);
  };
  const integers = (name: string) => listed(name, attributes.integers(name));
  const modes = listed('nodes_modes', attributes.tensor('nodes_modes'));
  const splits = listed('nodes_splits', attributes.tensor('nodes_splits'));
  const [trueIds, trueLeafs] = ['nodes_truenodeids', 'nodes_trueleafs'].map(integers);
  const [falseIds, falseLeafs] = ['nodes_falsenodeids', 'nodes_falseleafs'].map(integers);
  const tracks = attributes.integers('nodes_missing_value_tracks_true');
  // Leaves come after the branches.
  const placeOf = (id: number, isLeaf: number) => {
    const count = isLeaf ? weights.length : nNodes;
    if (id >= 0 && id < count) return isLeaf ? nNodes + id : id;
    throw new ChurnError('model-file', `expected a node up to ${count - 1}, got ${id}`);
  };
  const nodes = features.map((feature, node): OnnxTreeNode => {
    const mode = MODES[modes[node]];
    if (mode === undefined) throw unsupportedMode(modes[node] === 6 ? 'BRANCH_MEMBER' : String(modes[node]));
    return {
      mode,
      feature: featureOf(feature),
      threshold: splits[node],
      whenTrue: placeOf(trueIds[node], trueLeafs[node]),
      whenFalse: placeOf(falseIds[node], falseLeafs[node]),
      isMissingTrue: tracks[node] === 1,
    };
  });
  const roots = attributes.integers('tree_roots').map((root) => placeOf(root, 0));
  const leaves = weights.map((weight) => ({ values: [weight] }));
  return { nodes: [...nodes, ...leaves], roots, targets: new Set([0]), nFeatures: countOf(nodes) };
}

/** The values of each leaf, with their scores. */
function leafValues(
  attributes: OnnxAttributes,
  of: 'class' | 'target',
  nScores: number,
  placeOf: (tree: number, node: number) => number,
) {
  const [trees, nodes, ids] = ['treeids', 'nodeids', 'ids'].map((name) =>
    attributes.integers(`${of}_${name}`),
  );
  const weights = attributes.numbers(`${of}_weights`);
  if ([trees, nodes, ids].some((list) => list.length !== weights.length)) {
    throw new ChurnError('model-file', `${of}_weights: expected as many numbers as ${of}_ids`);
  }
  const values = new Map<number, number[]>();
  for (let i = 0; i < weights.length; i++) {
    const place = placeOf(trees[i], nodes[i]);
    if (!(ids[i] >= 0 && ids[i] < nScores)) {
      throw new ChurnError(
        'model-file',
        `${of}_ids: expected numbers from 0 to ${nScores - 1}, got ${ids[i]}`,
      );
    }
    const ofLeaf = values.get(place) ?? Array<number>(nScores).fill(0);
    ofLeaf[ids[i]] += weights[i];
    values.set(place, ofLeaf);
  }
  return { values, targets: new Set(ids) };
}

function modeOf(text: string): OnnxMode {
  const mode = MODES.find((each) => text === `BRANCH_${each}`);
  if (mode === undefined) throw unsupportedMode(text.slice(0, 60));
  return mode;
}

function unsupportedMode(mode: string): ChurnError {
  return new ChurnError(
    'unsupported',
    `ONNX: a tree has splits of mode ${mode}; expected comparisons of numbers with thresholds`,
  );
}

function featureOf(id: number): number {
  if (id >= 0 && id < MAX_FEATURES) return id;
  throw new ChurnError('model-file', `expected features from 0 to ${MAX_FEATURES - 1}, got ${id}`);
}

function countOf(nodes: readonly OnnxTreeNode[]): number {
  return nodes.reduce((count, node) => ('values' in node ? count : Math.max(count, node.feature + 1)), 1);
}
