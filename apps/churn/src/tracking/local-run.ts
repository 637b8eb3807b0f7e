import type { RunRecord } from '../runs/run-record.js';

/** A complete run on the disk. */
export interface LocalRun {
  readonly record: RunRecord;
  readonly folder: string;
}
