import { ChurnError } from '@churn/core';
import type { RecordBatch } from './record-format.js';

/** @throws `invalid-file` if a batch has rejected records, naming the line of the first. */
export function refuseRejected(source: string, { rejected: [first] }: Pick<RecordBatch, 'rejected'>): void {
  if (first) throw new ChurnError('invalid-file', `${source}, line ${first.line}: ${first.reason}`);
}
