import { ChurnError } from '@churn/core';
import type { Program } from '../program/program.js';
import type { SqlDialect } from './dialect.js';

const ALTERNATIVES =
  'fewer or smaller trees, a smaller model trained on its predictions (--distil), another dialect, or an export to js or onnx';

/** @throws `unsupported` if the statement exceeds the limits of the database. */
export function checkLimits(
  { steps }: Program,
  { title, limits }: SqlDialect,
  statement: string,
  isView: boolean,
): void {
  const limit = (isView ? limits.view : undefined) ?? limits.statement;
  const size = new TextEncoder().encode(statement).length;
  if (size <= limit) return;
  const trees = steps.reduce((count, step) => count + (step.kind === 'trees' ? step.trees.length : 0), 0);
  throw new ChurnError(
    'unsupported',
    `${trees > 0 ? `a model of ${trees} trees` : 'the model'} results in a statement of ${size} bytes; expected at most ${limit} bytes for ${title} (${limits.source}): use ${ALTERNATIVES}`,
  );
}
