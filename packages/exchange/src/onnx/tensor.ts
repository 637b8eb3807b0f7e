import { ProtobufWriter } from './protobuf-writer.js';

/** Element types, as numbered in `TensorProto.DataType` of onnx.proto. */
export const ELEMENT_TYPES = { float: 1, uint8: 2, int64: 7, string: 8, bool: 9, double: 11 } as const;

export type ElementType = keyof typeof ELEMENT_TYPES;

/** A constant of a graph, with values in row-major order. */
export type Tensor = { readonly dims: readonly number[] } & (
  | { readonly type: 'double'; readonly values: readonly number[] | Float64Array }
  | { readonly type: 'uint8'; readonly values: readonly number[] }
  | { readonly type: 'int64'; readonly values: readonly (number | bigint)[] }
  | { readonly type: 'string'; readonly values: readonly string[] }
);

/** A `TensorProto`. */
export function encodeTensor(tensor: Tensor, name = ''): Uint8Array {
  const writer = new ProtobufWriter()
    .integers(1, tensor.dims)
    .integer(2, ELEMENT_TYPES[tensor.type])
    .text(8, name);
  switch (tensor.type) {
    case 'double':
      return writer.bytes(9, doubles(tensor.values)).finish();
    case 'uint8':
      return writer.bytes(9, Uint8Array.from(tensor.values)).finish();
    case 'int64':
      return writer.integers(7, tensor.values).finish();
    case 'string':
      for (const value of tensor.values) writer.text(6, value);
      return writer.finish();
  }
}

/** Raw data is little-endian on every machine. */
function doubles(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i], true);
  return bytes;
}
