import { ChurnError, type ClassLabel } from '@churn/core';
import type { EnsembleNode } from '@churn/models';
import { type OnnxFile, type OnnxNode, readOnnxFile } from '../onnx/onnx-file.js';
import {
  featureNames,
  type ImportedTrees,
  type ImportOptions,
  importedTrees,
  type Objective,
  unsupported,
} from './imported-trees.js';
import { type OnnxForest, readForest, readForest5 } from './onnx-forest.js';
import { treeInput } from './onnx-input.js';
import { ensembleNodes } from './onnx-nodes.js';

/** Operators that may follow trees without changing their results: casts, identities, and conversions of probabilities. */
const AFTER_TREES = ['Cast', 'Identity', 'ZipMap', 'Slice', 'Reshape'];
const TREES = ['TreeEnsembleClassifier', 'TreeEnsembleRegressor', 'TreeEnsemble'];

/** The maximum number of classes. */
const MAX_CLASSES = 256;

/**
 * Imports an ONNX file with trees, such as the random forests, extra trees, decision trees and gradient boosting of scikit-learn that
 * skl2onnx converts: `TreeEnsembleClassifier` and `TreeEnsembleRegressor` of ai.onnx.ml 1 and 3, or `TreeEnsemble` of ai.onnx.ml 5 with
 * one target.
 *
 * If the inputs of the graph are single precision, thresholds are adjusted so that doubles take the same branch as the rounded numbers.
 * Scores are added in doubles; runtimes add in single precision, in an unspecified order. Features are named like the inputs of the graph
 * if each is one input, otherwise f0, f1 and so on. ONNX files do not contain the row counts of leaves, so there are no SHAP values.
 *
 * @throws `model-file` if the file is damaged; `unsupported` if it contains other models, or steps before or after the trees;
 * `invalid-parameter` if `options` do not match the file.
 */
export function fromOnnx(bytes: Uint8Array, options: ImportOptions = {}): ImportedTrees {
  const file = readOnnxFile(bytes);
  const node = treesOf(file);
  const { forest, objective, classes, base } = readTrees(node);
  const { names, precision } = treeInput(file, node.inputs[0] ?? '', forest.nFeatures);
  function* trees(): Iterable<EnsembleNode[]> {
    for (const root of forest.roots) yield ensembleNodes(forest.nodes, root, precision);
  }
  return importedTrees(
    {
      library: 'ONNX',
      objective,
      features: featureNames(names, options).map((name) => ({ name })),
      trees: trees(),
      nValues: base.length,
      baseScores: base,
      precision: 'double',
      classes,
    },
    options,
  );
}

/** The only node of trees. @throws `unsupported` if there are several, or if other nodes change the result. */
function treesOf({ nodes }: OnnxFile): OnnxNode {
  const found = nodes.filter(({ op }) => TREES.includes(op));
  if (found.length !== 1) {
    throw unsupported('ONNX', `the file contains ${found.length} tree ensembles; expected one`);
  }
  const made = new Set(found[0].outputs);
  for (const node of nodes) {
    if (node === found[0] || !node.inputs.some((input) => made.has(input))) continue;
    if (!AFTER_TREES.includes(node.op)) {
      throw unsupported('ONNX', `${node.op.slice(0, 60)} follows the trees; expected only trees`);
    }
    for (const output of node.outputs) made.add(output);
  }
  return found[0];
}

interface ReadForest {
  readonly forest: OnnxForest;
  readonly objective: Objective;
  readonly classes: readonly ClassLabel[];
  readonly base: readonly number[];
}

function readTrees(node: OnnxNode): ReadForest {
  return node.op === 'TreeEnsembleClassifier' ? readClassifier(node) : readRegressor(node);
}

function readRegressor({ op, attributes }: OnnxNode): ReadForest {
  const nTargets = attributes.integer('n_targets', 1);
  if (nTargets !== 1) throw unsupported('ONNX', `the trees have ${nTargets} targets; expected one`);
  const is5 = op === 'TreeEnsemble';
  const aggregate = is5
    ? attributes.integer('aggregate_function', 1) === 1
    : attributes.text('aggregate_function', 'SUM') === 'SUM';
  if (!aggregate) throw unsupported('ONNX', 'the trees are not summed; expected the aggregate_function SUM');
  const post = is5
    ? ['NONE', 'LOGISTIC'][attributes.integer('post_transform', 0)]
    : attributes.text('post_transform', 'NONE');
  if (post !== 'NONE' && post !== 'LOGISTIC') throw unsupportedPost(post ?? 'another', 'NONE or LOGISTIC');
  const forest = is5 ? readForest5(attributes) : readForest(attributes, 'target', 1);
  return {
    forest,
    objective: { kind: 'amount', link: post === 'NONE' ? 'identity' : 'logistic' },
    classes: [],
    base: baseOf(attributes.numbers('base_values'), 1),
  };
}

function readClassifier({ attributes }: OnnxNode): ReadForest {
  const texts = attributes.texts('classlabels_strings');
  const classes = texts.length > 0 ? texts : attributes.integers('classlabels_int64s');
  const nClasses = classes.length;
  if (nClasses < 2 || nClasses > MAX_CLASSES) {
    throw unsupported('ONNX', `the trees have ${nClasses} classes; expected from 2 to ${MAX_CLASSES}`);
  }
  const post = attributes.text('post_transform', 'NONE');
  const forest = readForest(attributes, 'class', nClasses);
  const baseValues = attributes.numbers('base_values');
  // How runtimes compute the score of the second of two classes.
  if (nClasses === 2 && !forest.targets.has(1)) {
    const base = baseOf(baseValues, 1);
    const one = withScore(forest, 0);
    if (post === 'LOGISTIC')
      return { forest: one, objective: { kind: 'classes', link: 'logistic' }, classes, base };
    if (post === 'NONE' && hasShares(one)) {
      return { forest: one, objective: { kind: 'classes', link: 'shares' }, classes, base };
    }
    throw unsupportedPost(post, 'LOGISTIC, or NONE with probabilities in the leaves');
  }
  const base = baseOf(baseValues, nClasses);
  if (post === 'SOFTMAX') return { forest, objective: { kind: 'classes', link: 'softmax' }, classes, base };
  if (post !== 'NONE' || !hasShares(forest)) {
    throw unsupportedPost(post, 'SOFTMAX, or NONE with probabilities in the leaves');
  }
  const objective = { kind: 'classes', link: 'shares' } as const;
  if (nClasses > 2) return { forest, objective, classes, base };
  return { forest: withScore(forest, 1), objective, classes, base: [base[1]] };
}

/** The base values, by default 0. */
function baseOf(values: readonly number[], nScores: number): readonly number[] {
  if (values.length === 0) return Array<number>(nScores).fill(0);
  if (values.length === nScores) return values;
  throw new ChurnError('model-file', `ONNX: base_values: expected ${nScores} numbers, got ${values.length}`);
}

/** The trees with only the values of one score. */
function withScore(forest: OnnxForest, score: number): OnnxForest {
  const nodes = forest.nodes.map((node) => ('values' in node ? { values: [node.values[score]] } : node));
  return { ...forest, nodes };
}

/** Whether the sums of leaves can be class fractions: no leaf is negative. */
function hasShares({ nodes }: OnnxForest): boolean {
  return nodes.every((node) => !('values' in node) || node.values.every((value) => value >= 0));
}

function unsupportedPost(post: string, expected: string): ChurnError {
  return unsupported('ONNX', `the trees have the post_transform ${post.slice(0, 20)}; expected ${expected}`);
}
