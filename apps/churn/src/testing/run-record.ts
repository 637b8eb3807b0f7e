import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunRecord } from '../runs/run-record';

/** The record of a small run, for tests. */
export function smallRecord(id: string, changes: Partial<RunRecord> = {}): RunRecord {
  return {
    format: 1,
    id,
    started: id.replace(/T(\d\d)-(\d\d)-(\d\d)Z.*/, 'T$1:$2:$3.000Z'),
    seconds: 2.5,
    command: 'train',
    data: { file: 'data.csv', sha256: 'ab', contentSha256: 'cd', rows: 9, sampled: null },
    config: { seed: 7, data: { target: 'left' } },
    seed: 7,
    versions: { churn: '1.0.0', node: 'v20.0.0' },
    git: null,
    best: 'tree',
    models: {
      tree: {
        file: 'models/tree.model.json',
        sha256: 'ef',
        metrics: { rocAuc: 0.75, logLoss: 0.5 },
        cv: { rocAuc: 0.5 },
        threshold: null,
      },
    },
    test: { rows: 3, classes: ['no', 'yes'] },
    ...changes,
  };
}

/** Writes a file to a run in the output folder; anything but text is written as JSON. */
export function writeToRun(folder: string, id: string, file: string, content: unknown): void {
  const path = join(folder, 'runs', id, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
}

/** Writes the record of a small run to an output folder. */
export function writeSmallRun(folder: string, id: string, changes: Partial<RunRecord> = {}): RunRecord {
  const record = smallRecord(id, changes);
  writeToRun(folder, id, 'run.json', record);
  return record;
}
