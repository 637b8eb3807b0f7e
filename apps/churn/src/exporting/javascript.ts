import { basename } from 'node:path';
import { lower, toJavaScript } from '@churn/exchange';
import type { ExportTarget } from './export-target.js';

/** A module that needs nothing, and its types. */
export const javascript: ExportTarget = {
  name: 'js',
  title: 'JavaScript',
  options: [],
  write({ model, hash }, { output }) {
    const { code, types } = toJavaScript(lower(model), { name: basename(output), hash });
    const extension = output.endsWith('.mjs') ? '.d.mts' : '.d.ts';
    return [{ content: code }, { extension, content: types }];
  },
};
