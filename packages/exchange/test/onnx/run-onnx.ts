import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Table } from '@churn/core';

/** The Python that has onnx and onnxruntime, if there is one. */
export const PEERS_PYTHON = process.env.PEERS_PYTHON;

export const withPeers = PEERS_PYTHON ? describe : describe.skip;

/** For the names of tests. */
export const WHERE_PEERS = PEERS_PYTHON ? '' : ' (skipped: PEERS_PYTHON names no Python with onnxruntime)';

/** Values of a tensor, row by row; integers and truth values come as doubles. */
export interface OnnxValue {
  readonly shape: readonly number[];
  /** As NumPy calls it, or `text`. */
  readonly type?: string;
  readonly values: Float64Array | readonly string[];
}

export interface OnnxJob {
  readonly model: Uint8Array;
  readonly inputs: Readonly<Record<string, OnnxValue>>;
}

/** Checks models by `onnx.checker`, and runs them in onnxruntime. */
export function runOnnx(jobs: readonly OnnxJob[]): Record<string, OnnxValue>[] {
  const folder = mkdtempSync(join(tmpdir(), 'churn-onnx-'));
  try {
    const described = jobs.map(({ model, inputs }, i) => {
      const path = join(folder, `${i}.onnx`);
      writeFileSync(path, model);
      const entries = Object.entries(inputs).map(([name, value]) => [name, encoded(value)]);
      return { model: path, inputs: Object.fromEntries(entries) };
    });
    const { status, stdout, stderr } = spawnSync(PEERS_PYTHON as string, [join(__dirname, 'run_onnx.py')], {
      input: JSON.stringify(described),
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (status !== 0) throw new Error(stderr);
    return (JSON.parse(stdout) as Record<string, EncodedValue>[]).map((outputs) =>
      Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, decoded(value)])),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface EncodedValue {
  readonly shape: readonly number[];
  readonly type?: string;
  readonly doubles?: string;
  readonly texts?: readonly string[];
}

function encoded({ shape, values }: OnnxValue): EncodedValue {
  if (!(values instanceof Float64Array)) return { shape, texts: values };
  return {
    shape,
    doubles: Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
  };
}

function decoded({ shape, type, doubles, texts = [] }: EncodedValue): OnnxValue {
  const bytes = Uint8Array.from(Buffer.from(doubles ?? '', 'base64'));
  return { shape, type: type ?? '', values: doubles === undefined ? texts : new Float64Array(bytes.buffer) };
}

/** The inputs of a graph that takes a column each. */
export function columnInputs(x: Table, missingText = ''): Record<string, OnnxValue> {
  const shape = [x.nRows, 1];
  const inputs = x.names.map((name): [string, OnnxValue] => {
    if (x.column(name).kind === 'numeric')
      return [name, { shape, values: Float64Array.from(x.numeric(name)) }];
    const { codes, levels } = x.category(name);
    return [name, { shape, values: Array.from(codes, (code) => (code < 0 ? missingText : levels[code])) }];
  });
  return Object.fromEntries(inputs);
}
