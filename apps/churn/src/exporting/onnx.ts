import type { TableSchema } from '@churn/core';
import { toOnnx } from '@churn/exchange';
import type { ExportTarget } from './export-target.js';
import { loweredModel } from './lowered-model.js';

/**
 * A graph for ONNX runtimes: of the whole pipeline, or of the model alone, which then takes the columns produced by the steps before it.
 */
export const onnx: ExportTarget = {
  name: 'onnx',
  title: 'ONNX',
  options: ['only'],
  write(model, { only }) {
    const { hash, predicts } = model;
    const metadata = { hash, predicts };
    const program = loweredModel(model, only);
    // A survival model may also read the time that a row has been observed.
    if (only === undefined || model.task === 'survival') return [{ content: toOnnx(program, { metadata }) }];
    const inner: { readonly schema?: TableSchema | undefined } = model.model.model;
    const schema = inner.schema ?? [];
    const isMatrix = schema.length > 0 && schema.every(({ kind }) => kind === 'numeric');
    const features = schema.map(({ name }) => name);
    const options = isMatrix ? ({ input: 'matrix', features, metadata } as const) : { metadata };
    return [{ content: toOnnx(program, options) }];
  },
};
