import type { TableSchema } from '@churn/core';
import { lower, toOnnx } from '@churn/exchange';
import type { ExportTarget } from './export-target.js';

/** A graph for ONNX runtimes: of the whole pipeline, or of the model alone, which then takes the columns that the steps before it make. */
export const onnx: ExportTarget = {
  name: 'onnx',
  title: 'ONNX',
  options: ['only'],
  write({ model, hash, predicts }, { only }) {
    const metadata = { hash, predicts };
    if (only === undefined) return [{ content: toOnnx(lower(model), { metadata }) }];
    const inner: { readonly schema?: TableSchema | undefined } = model.model;
    const schema = inner.schema ?? [];
    const isMatrix = schema.length > 0 && schema.every(({ kind }) => kind === 'numeric');
    const features = schema.map(({ name }) => name);
    const options = isMatrix ? ({ input: 'matrix', features, metadata } as const) : { metadata };
    return [{ content: toOnnx(lower(model.model), options) }];
  },
};
