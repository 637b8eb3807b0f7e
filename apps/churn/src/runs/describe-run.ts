import { basename } from 'node:path';
import { writeFileAtomic } from '@churn/io';
import { version } from '../../package.json';
import { type Config, dataName } from '../config/config.js';
import type { Findings } from '../training/training-report.js';
import { fileSha256 } from './file-sha256.js';
import { modelFile, recordedModelFile, recordFile } from './output-files.js';
import type { RunModel, RunRecord } from './run-record.js';
import { withoutSecrets } from './without-secrets.js';

/** The record of a run but for its ID, which is certain only when the run is in its place. */
export type RunDescription = Omit<RunRecord, 'id'>;

/** Describes the run whose models have been written to `folder`. */
export async function describeRun(
  folder: string,
  { data, split, chosen, final, begun }: Findings,
  config: Config,
): Promise<RunDescription> {
  const models: [string, RunModel][] = [];
  for (const { name, evaluation, scores, threshold } of final) {
    const { rocAucInterval, ...metrics } = evaluation.metrics;
    models.push([
      name,
      {
        file: recordedModelFile(name),
        sha256: await fileSha256(modelFile(folder, name)),
        metrics: finite(Object.entries(metrics)),
        cv: finite(Object.entries(scores).map(([scorer, { mean }]) => [scorer, mean])),
        threshold: threshold?.threshold ?? null,
      },
    ]);
  }
  return {
    format: 1,
    started: begun.started,
    seconds: begun.seconds(),
    command: 'train',
    data: {
      file: basename(dataName(config.data)),
      sha256: data.records.sha256,
      contentSha256: data.contentSha256,
      rows: data.whole?.rows ?? data.labels.length,
      sampled: data.whole ? data.labels.length : null,
    },
    config: withoutSecrets(config),
    seed: config.seed,
    versions: { churn: version, node: process.version },
    git: await begun.git,
    best: chosen.best,
    models: Object.fromEntries(models),
    test: { rows: split.test.y.length, classes: split.test.y.classes.map(String) },
  };
}

/** JSON has no other numbers. */
function finite(figures: readonly [string, number][]): Record<string, number> {
  return Object.fromEntries(figures.filter(([, value]) => Number.isFinite(value)));
}

/** Writes the record to the folder of the run. */
export async function writeRunRecord(
  folder: string,
  id: string,
  { format, ...described }: RunDescription,
): Promise<void> {
  await writeFileAtomic(recordFile(folder), `${JSON.stringify({ format, id, ...described }, null, 2)}\n`);
}
