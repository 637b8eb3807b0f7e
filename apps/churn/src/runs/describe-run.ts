import { basename } from 'node:path';
import type { JsonObject, Target } from '@churn/core';
import { writeFileAtomic } from '@churn/io';
import type { FoldScores } from '@churn/selection';
import { version } from '../../package.json';
import { type Config, dataName } from '../config/config.js';
import type { Findings } from '../training/findings.js';
import { fileSha256 } from './file-sha256.js';
import { modelFile, recordedModelFile, recordFile } from './output-files.js';
import type { RunModel, RunRecord } from './run-record.js';
import { withoutSecrets } from './without-secrets.js';

/** The record of a run without its ID, which is only final once the run is in place. */
export type RunDescription = Omit<RunRecord, 'id'>;

/** The parts of a model in a record. */
interface DescribedModel {
  readonly name: string;
  /** The test metrics, without those that are not finite. */
  readonly metrics: JsonObject;
  readonly scores: Readonly<Record<string, FoldScores>>;
  readonly threshold?: number | undefined;
}

/** Describes a run whose models have been written to `folder`. */
export async function describeRun<T extends Target>(
  folder: string,
  described: readonly DescribedModel[],
  { data, split, chosen, begun }: Findings<T, unknown>,
  config: Config,
): Promise<RunDescription> {
  const { y } = split.test;
  const models: [string, RunModel][] = [];
  for (const { name, metrics, scores, threshold } of described) {
    models.push([
      name,
      {
        file: recordedModelFile(name),
        sha256: await fileSha256(modelFile(folder, name)),
        metrics: finite(Object.entries(metrics)),
        cv: finite(Object.entries(scores).map(([scorer, { mean }]) => [scorer, mean])),
        threshold: threshold ?? null,
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
      rows: data.whole?.rows ?? data.y.length,
      sampled: data.whole ? data.y.length : null,
    },
    config: withoutSecrets(config),
    seed: config.seed,
    versions: { churn: version, node: process.version },
    git: await begun.git,
    best: chosen.best,
    models: Object.fromEntries(models),
    ...(y.kind === 'values' && { task: 'value' as const }),
    ...(y.kind === 'durations' && { task: 'survival' as const }),
    test: { rows: y.length, classes: y.kind === 'classes' ? y.classes.map(String) : [] },
  };
}

/** The finite numbers, since JSON has no others. */
function finite(figures: readonly (readonly [string, unknown])[]): Record<string, number> {
  const isNumber = (figure: readonly [string, unknown]): figure is [string, number] =>
    Number.isFinite(figure[1]);
  return Object.fromEntries(figures.filter(isNumber));
}

/** Writes the record to the folder of the run. */
export async function writeRunRecord(
  folder: string,
  id: string,
  { format, ...described }: RunDescription,
): Promise<void> {
  await writeFileAtomic(recordFile(folder), `${JSON.stringify({ format, id, ...described }, null, 2)}\n`);
}
