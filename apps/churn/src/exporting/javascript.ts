import { basename } from 'node:path';
import { toJavaScript } from '@churn/exchange';
import type { ExportTarget } from './export-target.js';
import { loweredModel } from './lowered-model.js';

/** A module without dependencies, and its types. */
export const javascript: ExportTarget = {
  name: 'js',
  title: 'JavaScript',
  options: [],
  write(model, { output }) {
    const { code, types } = toJavaScript(loweredModel(model), {
      name: basename(output),
      hash: model.hash,
    });
    const extension = output.endsWith('.mjs') ? '.d.mts' : '.d.ts';
    return [{ content: code }, { extension, content: types }];
  },
};
