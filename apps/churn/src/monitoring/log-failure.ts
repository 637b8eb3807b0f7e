import { ChurnError } from '@churn/core';
import { counted } from '../reporting/counted.js';
import type { LogLeftOut } from '../serve/log/log-records.js';

/** The error for a log without rows of a model. */
export function logFailure(
  folder: string,
  { hash }: { readonly hash: string },
  { files, others }: LogLeftOut,
): ChurnError {
  if (files === 0)
    return new ChurnError('invalid-file', `${folder}: expected a log of predictions, got none`);
  const of = otherModels({ others });
  const got = of === '' ? 'none can be read' : `it has ${of}`;
  return new ChurnError('invalid-data', `${folder}: the log has no row of model ${shortHash(hash)}; ${got}`);
}

/** The number of rows of each other model, by decreasing number. */
export function otherModels({ others }: Pick<LogLeftOut, 'others'>): string {
  const sorted = [...others].sort(([, a], [, b]) => b - a);
  return sorted.map(([hash, rows]) => `${counted(rows, 'row')} of model ${shortHash(hash)}`).join(', ');
}

function shortHash(hash: string): string {
  return hash.slice(0, 12);
}
