import { ChurnError } from '@churn/core';
import type { OnnxFile, OnnxInput } from '../onnx/onnx-file.js';
import { ELEMENT_TYPES } from '../onnx/tensor.js';
import { unsupported } from './imported-trees.js';
import type { Precision } from './onnx-nodes.js';

/** What trees take. */
export interface TreeInput {
  /** Names of the features where each column is an input; otherwise f0, f1 and so on. */
  readonly names: readonly string[];
  readonly precision: Precision;
}

/** The maximum number of features that trees may have. */
const MOST_FEATURES = 32_767;
/** A graph with more of them is none of trees. */
const MOST_VISITS = 4 * MOST_FEATURES;
const FROM_INPUTS = ['Identity', 'Cast', 'Concat'];

/**
 * Follows what a node takes back to the inputs of the graph: one matrix, or several side by side, cast or not.
 * @throws `unsupported` if something else was made of the inputs before.
 */
export function treeInput({ inputs, nodes }: OnnxFile, name: string, nFeatures: number): TreeInput {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const found: OnnxInput[] = [];
  const byName = new Map(inputs.map((input) => [input.name, input]));
  let isSingle = false;
  let nVisits = 0;
  const visit = (value: string, depth: number): void => {
    if (++nVisits > MOST_VISITS) throw new ChurnError('model-file', 'ONNX: expected fewer inputs');
    const input = byName.get(value);
    if (input) {
      found.push(input);
      isSingle ||= input.elementType !== ELEMENT_TYPES.double;
      return;
    }
    const maker = makers.get(value);
    if (!maker || !FROM_INPUTS.includes(maker.op) || depth > FROM_INPUTS.length) {
      throw unsupported(
        'ONNX',
        `the trees follow ${maker ? `${maker.op.slice(0, 60)}` : 'no input'}; expected trees of the inputs themselves: convert the trees without what is before them`,
      );
    }
    if (maker.op === 'Cast') isSingle ||= maker.attributes.integer('to', 0) !== ELEMENT_TYPES.double;
    for (const each of maker.inputs) visit(each, depth + 1);
  };
  visit(name, 0);
  const precision = isSingle ? 'single' : 'double';
  const sizes = found.map(({ dims }) => dims[1] ?? (found.length === 1 ? nFeatures : 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (!(total >= nFeatures && total <= MOST_FEATURES)) {
    throw new ChurnError('model-file', `ONNX: expected ${nFeatures} features or more, got ${total}`);
  }
  const isColumns = found.length > 1 && sizes.every((size) => size === 1);
  const names = isColumns
    ? found.map((input) => input.name)
    : Array.from({ length: total }, (_, j) => `f${j}`);
  return { names, precision };
}
