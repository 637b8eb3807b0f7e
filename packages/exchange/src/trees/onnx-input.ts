import { ChurnError } from '@churn/core';
import type { OnnxFile, OnnxInput } from '../onnx/onnx-file.js';
import { ELEMENT_TYPES } from '../onnx/tensor.js';
import { unsupported } from './imported-trees.js';
import type { Precision } from './onnx-nodes.js';

/** The input of trees. */
export interface TreeInput {
  /** The names of the inputs if each is one feature; otherwise f0, f1 and so on. */
  readonly names: readonly string[];
  readonly precision: Precision;
}

/** The maximum number of features that trees may have. */
const MAX_FEATURES = 32_767;
/** A graph of trees visits no more nodes than this. */
const MAX_VISITS = 4 * MAX_FEATURES;
const FROM_INPUTS = ['Identity', 'Cast', 'Concat'];

/**
 * Traces the input of a node back to the inputs of the graph: one matrix or several concatenated ones, with or without casts.
 * @throws `unsupported` if other operators transform the inputs first.
 */
export function treeInput({ inputs, nodes }: OnnxFile, name: string, nFeatures: number): TreeInput {
  const makers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const found: OnnxInput[] = [];
  const byName = new Map(inputs.map((input) => [input.name, input]));
  let isSingle = false;
  let nVisits = 0;
  const visit = (value: string, depth: number): void => {
    if (++nVisits > MAX_VISITS) throw new ChurnError('model-file', 'ONNX: expected fewer inputs');
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
        `the trees follow ${maker ? `${maker.op.slice(0, 60)}` : 'no input'}; expected trees that read the inputs directly: convert only the trees`,
      );
    }
    if (maker.op === 'Cast') isSingle ||= maker.attributes.integer('to', 0) !== ELEMENT_TYPES.double;
    for (const each of maker.inputs) visit(each, depth + 1);
  };
  visit(name, 0);
  const precision = isSingle ? 'single' : 'double';
  const sizes = found.map(({ dims }) => dims[1] ?? (found.length === 1 ? nFeatures : 1));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (!(total >= nFeatures && total <= MAX_FEATURES)) {
    throw new ChurnError('model-file', `ONNX: expected at least ${nFeatures} features, got ${total}`);
  }
  const isColumns = found.length > 1 && sizes.every((size) => size === 1);
  const names = isColumns
    ? found.map((input) => input.name)
    : Array.from({ length: total }, (_, j) => `f${j}`);
  return { names, precision };
}
