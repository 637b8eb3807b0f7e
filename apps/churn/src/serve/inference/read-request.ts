import type { RowFault } from '@churn/core';
import { clipped } from '@churn/io';
import { invalidRows, Problem } from '../problem.js';
import { type RequestRows, readJson, readObjects, refuseCount } from '../read-rows.js';
import type { ServedModel } from '../served-model.js';
import { BinaryTensors } from './binary-tensors.js';
import { DATATYPES } from './datatypes.js';

/** A body, and the number of its bytes that are JSON; by default all. */
export interface InferenceBody {
  readonly bytes: Uint8Array;
  readonly jsonLength?: number;
}

/** A requested output. */
interface RequestedOutput {
  readonly name: string;
  /** Whether to send it as bytes. */
  readonly isBinary: boolean;
}

/** A parsed inference request. */
export interface InferenceRequest {
  /** The ID given by the client. */
  readonly id?: string;
  readonly rows: RequestRows;
  /** By default, all. */
  readonly outputs?: readonly RequestedOutput[];
  /** Whether to send outputs as bytes by default. */
  readonly isBinary: boolean;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A tensor as the values of a column. */
interface Input {
  readonly name: string;
  readonly values: readonly unknown[];
}

/**
 * Reads an inference request: a tensor of shape [n] or [n, 1] for each column of the model. In JSON, `null` is a missing value; in bytes,
 * NaN and an empty text are.
 *
 * @throws `Problem` if it cannot be read, or naming every invalid value.
 */
export function readInferenceRequest(
  { bytes, jsonLength = bytes.length }: InferenceBody,
  model: ServedModel,
  maxRows: number,
): InferenceRequest {
  const { value } = readJson(bytes.subarray(0, jsonLength));
  const request = objectOf(value, 'the body');
  const { id, inputs, outputs, parameters = {} } = request;
  if (id !== undefined && typeof id !== 'string') throw bad('"id": expected a text');
  const tensors = listOf(inputs, '"inputs"').map((input, i) => objectOf(input, `inputs[${i}]`));
  const nRows = rowsOf(tensors, model, maxRows);
  const binary = new BinaryTensors(bytes.subarray(jsonLength));
  const columns = tensors.map((tensor) => readInput(tensor, nRows, binary));
  if (binary.isLeft) throw bad('expected no bytes after those of the inputs');
  const faults = columns.flatMap(({ faults }) => faults).sort((a, b) => a.row - b.row);
  if (faults.length > 0) throw invalidRows(faults);
  const objects = Array.from({ length: nRows }, (_, row) =>
    Object.fromEntries(columns.map(({ name, values }) => [name, values[row]])),
  );
  return {
    ...(id !== undefined && { id }),
    rows: readObjects(objects, model),
    ...(outputs !== undefined && { outputs: requested(outputs) }),
    isBinary: objectOf(parameters, '"parameters"').binary_data_output === true,
  };
}

/**
 * The number of rows of the tensors.
 * @throws `Problem` if there is not one per column, their numbers of rows differ, or they have too many rows.
 */
function rowsOf(tensors: readonly JsonObject[], { schema }: ServedModel, maxRows: number): number {
  const known = new Set(schema.map(({ name }) => name));
  const seen = new Set<string>();
  let rows: number | undefined;
  for (const { name, shape } of tensors) {
    if (typeof name !== 'string') throw bad('"inputs": expected a "name" in each');
    if (!known.has(name)) throw bad(`input "${brief(name)}": not a column of the model`);
    if (seen.has(name)) throw bad(`input "${name}": expected once, got twice`);
    seen.add(name);
    const [n, width = 1, ...more] = listOf(shape, `input "${name}": "shape"`);
    if (!Number.isSafeInteger(n) || Number(n) < 0 || width !== 1 || more.length > 0) {
      throw bad(
        `input "${name}": expected a shape of [rows] or [rows, 1], got ${brief(JSON.stringify(shape))}`,
      );
    }
    rows ??= Number(n);
    if (rows !== n) throw bad(`input "${name}": expected ${rows} rows, as in the first input, got ${n}`);
  }
  const missing = [...known].filter((name) => !seen.has(name));
  if (missing.length > 0) throw bad(`expected an input for each column; "${missing.join('", "')}" missing`);
  refuseCount(rows ?? 0, maxRows);
  return rows ?? 0;
}

/** The values of a tensor, and the faults of those that are not of its datatype. */
function readInput(
  tensor: JsonObject,
  nRows: number,
  binary: BinaryTensors,
): Input & { readonly faults: readonly RowFault[] } {
  const name = String(tensor.name);
  const datatype = DATATYPES.get(String(tensor.datatype));
  if (datatype === undefined) {
    throw bad(
      `input "${name}": expected a datatype of ${[...DATATYPES.keys()].join(', ')}, got ${brief(JSON.stringify(tensor.datatype) ?? 'none')}`,
    );
  }
  const size = objectOf(tensor.parameters ?? {}, `input "${name}": "parameters"`).binary_data_size;
  if (size !== undefined) {
    if (!Number.isSafeInteger(size) || Number(size) < 0) {
      throw bad(`input "${name}": "binary_data_size": expected a number of bytes`);
    }
    const values = binary.next(name, datatype, Number(size), nRows);
    return { name, values: values.map((value) => (Number.isNaN(value) ? null : value)), faults: [] };
  }
  const data = listOf(tensor.data, `input "${name}": "data"`);
  const values = data.map((value) => (Array.isArray(value) && value.length === 1 ? value[0] : value));
  if (values.length !== nRows) {
    throw bad(`input "${name}": expected ${nRows} values, as in its shape, got ${values.length}`);
  }
  const faults = values.flatMap((value, row) =>
    value === null || datatype.allows(value)
      ? []
      : [{ row, column: name, detail: `expected ${datatype.expected}, got ${JSON.stringify(value)}` }],
  );
  return { name, values, faults };
}

function requested(outputs: unknown): RequestedOutput[] {
  const seen = new Set<unknown>();
  return listOf(outputs, '"outputs"').map((output, i) => {
    const { name, parameters = {} } = objectOf(output, `outputs[${i}]`);
    if (typeof name !== 'string') throw bad('"outputs": expected a "name" in each');
    if (seen.has(name)) throw bad(`output "${brief(name)}": expected once, got twice`);
    seen.add(name);
    const { binary_data: isBinary } = objectOf(parameters, `output "${brief(name)}": "parameters"`);
    return { name, isBinary: isBinary === true };
  });
}

function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw bad(`${what}: expected an object`);
}

function listOf(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw bad(`${what}: expected a list`);
}

function bad(detail: string): Problem {
  return new Problem(400, 'Bad request', detail);
}

function brief(text: string): string {
  return clipped(text, 100);
}
