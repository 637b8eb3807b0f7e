import type { AttributeValue, Graph, GraphNode, GraphValue } from './graph.js';
import { ProtobufWriter } from './protobuf-writer.js';
import { ELEMENT_TYPES, encodeTensor } from './tensor.js';

/** The version of the file format for opset 21. */
const IR_VERSION = 10;

/** The version of the ONNX operators in graphs. */
const ONNX_OPSET = 21;

/** The version of the `ai.onnx.ml` operators in graphs; the first whose trees support doubles. */
const ONNX_ML_OPSET = 5;

const ATTRIBUTE_TYPES = { integer: 2, string: 3, tensor: 4, integers: 7, strings: 8 };

/** A `ModelProto` of onnx.proto. */
export function encodeModel(graph: Graph, metadata: ReadonlyMap<string, string>): Uint8Array {
  const model = new ProtobufWriter()
    .integer(1, IR_VERSION)
    .text(2, '@churn/exchange')
    .message(7, (writer) => writeGraph(writer, graph))
    .message(8, (writer) => writer.text(1, '').integer(2, ONNX_OPSET))
    .message(8, (writer) => writer.text(1, 'ai.onnx.ml').integer(2, ONNX_ML_OPSET));
  for (const [key, value] of metadata) model.message(14, (writer) => writer.text(1, key).text(2, value));
  return model.finish();
}

function writeGraph(writer: ProtobufWriter, graph: Graph): void {
  for (const node of graph.nodes) writer.message(1, (inner) => writeNode(inner, node));
  writer.text(2, 'pipeline');
  for (const { name, tensor } of graph.constants) writer.bytes(5, encodeTensor(tensor, name));
  for (const input of graph.inputs) writer.message(11, (inner) => writeValue(inner, input));
  for (const output of graph.outputs) writer.message(12, (inner) => writeValue(inner, output));
}

function writeNode(
  writer: ProtobufWriter,
  { inputs, outputs, name, op, attributes, domain }: GraphNode,
): void {
  for (const input of inputs) writer.text(1, input);
  for (const output of outputs) writer.text(2, output);
  writer.text(3, name).text(4, op);
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(5, (inner) => writeAttribute(inner.text(1, key), value));
  }
  writer.text(7, domain);
}

function writeAttribute(writer: ProtobufWriter, value: AttributeValue): void {
  if (typeof value === 'number') writer.integer(3, value).integer(20, ATTRIBUTE_TYPES.integer);
  else if (typeof value === 'string') writer.text(4, value).integer(20, ATTRIBUTE_TYPES.string);
  else if ('tensor' in value) writer.bytes(5, encodeTensor(value.tensor)).integer(20, ATTRIBUTE_TYPES.tensor);
  else if ('integers' in value) writer.integers(8, value.integers).integer(20, ATTRIBUTE_TYPES.integers);
  else {
    for (const text of value.strings) writer.text(9, text);
    writer.integer(20, ATTRIBUTE_TYPES.strings);
  }
}

function writeValue(writer: ProtobufWriter, { name, type, dims }: GraphValue): void {
  writer.text(1, name).message(2, (types) =>
    types.message(1, (tensor) =>
      tensor.integer(1, ELEMENT_TYPES[type]).message(2, (shape) => {
        for (const dim of dims) {
          shape.message(1, (size) => (typeof dim === 'number' ? size.integer(1, dim) : size.text(2, dim)));
        }
      }),
    ),
  );
}
