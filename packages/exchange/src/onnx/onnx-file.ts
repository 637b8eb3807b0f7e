import { ChurnError } from '@churn/core';
import { floatsOf, ProtobufMessage } from './protobuf-reader.js';
import { ELEMENT_TYPES } from './tensor.js';

/** The content of an ONNX file (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). */
export interface OnnxFile {
  readonly inputs: readonly OnnxInput[];
  readonly nodes: readonly OnnxNode[];
}

export interface OnnxInput {
  readonly name: string;
  /** The `TensorProto.DataType`; `undefined` if the input is not a tensor. */
  readonly elementType: number | undefined;
  /** The sizes; `undefined` if not fixed. */
  readonly dims: readonly (number | undefined)[];
}

export interface OnnxNode {
  readonly op: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

/** @throws `model-file` if the bytes are not an ONNX model. */
export function readOnnxFile(bytes: Uint8Array): OnnxFile {
  const graph = new ProtobufMessage(bytes).message(7);
  if (!graph) throw new ChurnError('model-file', 'expected an ONNX file, got one without a graph');
  return {
    inputs: graph.messages(11).map(inputOf),
    nodes: graph.messages(1).map((node) => ({
      op: node.text(4),
      domain: node.text(7),
      inputs: node.texts(1),
      outputs: node.texts(2),
      attributes: new OnnxAttributes(node.text(4), node.messages(5)),
    })),
  };
}

function inputOf(value: ProtobufMessage): OnnxInput {
  const tensor = value.message(2)?.message(1);
  const dims = tensor?.message(2)?.messages(1) ?? [];
  return {
    name: value.text(1),
    elementType: tensor?.integer(1),
    dims: dims.map((dim) => dim.integer(1)),
  };
}

/** The attributes of a node. Absent ones are empty, or `otherwise`. */
export class OnnxAttributes {
  readonly #op: string;
  readonly #byName: ReadonlyMap<string, ProtobufMessage>;

  constructor(op: string, attributes: readonly ProtobufMessage[]) {
    this.#op = op;
    this.#byName = new Map(attributes.map((attribute) => [attribute.text(1), attribute]));
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  integer(name: string, otherwise: number): number {
    return this.#byName.get(name)?.integer(3) ?? otherwise;
  }

  text(name: string, otherwise: string): string {
    return this.#byName.get(name)?.text(4) ?? otherwise;
  }

  integers(name: string): readonly number[] {
    return this.#byName.get(name)?.integers(8) ?? [];
  }

  texts(name: string): readonly string[] {
    return this.#byName.get(name)?.texts(9) ?? [];
  }

  /** The 32-bit numbers of an attribute, or those of a tensor in `${name}_as_tensor`. */
  numbers(name: string): readonly number[] {
    const asTensor = this.tensor(`${name}_as_tensor`);
    return asTensor.length > 0 ? asTensor : (this.#byName.get(name)?.floats(7) ?? []);
  }

  /** The numbers of a tensor. */
  tensor(name: string): readonly number[] {
    const tensor = this.#byName.get(name)?.message(5);
    return tensor ? tensorNumbers(tensor, `${this.#op}: ${name}`) : [];
  }
}

function tensorNumbers(tensor: ProtobufMessage, where: string): readonly number[] {
  const raw = tensor.bytes(9);
  switch (tensor.integer(2)) {
    case ELEMENT_TYPES.float:
      return raw ? rawNumbers(raw, 4, where) : tensor.floats(4);
    case ELEMENT_TYPES.double:
      return raw ? rawNumbers(raw, 8, where) : tensor.floats(10, 8);
    case ELEMENT_TYPES.uint8:
      return raw ? Array.from(raw) : tensor.integers(5);
  }
  throw new ChurnError('model-file', `${where}: expected a tensor of float, double or uint8`);
}

function rawNumbers(raw: Uint8Array, size: 4 | 8, where: string): readonly number[] {
  if (raw.length % size === 0) return floatsOf(raw, size);
  throw new ChurnError('model-file', `${where}: expected numbers of ${size} bytes, got ${raw.length} bytes`);
}
