import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type JsonObject, Labels } from '@churn/core';
import { writeFileAtomic } from '@churn/io';
import { fileSha256 } from '../runs/file-sha256';
import { modelFile, recordFile } from '../runs/output-files';
import { runPath } from '../runs/run-folder';
import type { RunRecord } from '../runs/run-record';
import { writeTestPredictions } from '../runs/test-predictions';
import { saveSmallModel } from './small-model';

interface TestRun {
  /** The predictions of each model for held-out rows: the probability of `yes`. */
  readonly models: Readonly<Record<string, readonly number[]>>;
  /** The labels of the held-out rows. */
  readonly labels: readonly string[];
  /** The indices of these rows in the data; by default the first. */
  readonly rows?: readonly number[];
  readonly threshold?: number | null;
  readonly data?: Partial<RunRecord['data']>;
  readonly config?: JsonObject | null;
  /** The seed in the model files, which makes them different. */
  readonly seed?: number;
  /** The inverse of the penalty of the models in the files. */
  readonly C?: number;
}

/** Writes a run as training does, with the small model for each model. */
export async function writeTestRun(
  folder: string,
  id: string,
  { models, labels, rows = [...labels.keys()], threshold = null, data, config = null, seed = 1, C }: TestRun,
): Promise<RunRecord> {
  const path = runPath(folder, id);
  await mkdir(join(path, 'models'), { recursive: true });
  const names = Object.keys(models);
  const contentSha256 = 'c'.repeat(64);
  for (const name of names) {
    const target = { column: 'left', classes: ['no', 'yes'], positive: 'yes' };
    const training = {
      data: { sha256: data?.contentSha256 ?? contentSha256, rows: 200 },
      target,
      seed,
      name,
      parameters: { type: 'LogisticRegression' },
    };
    await saveSmallModel(modelFile(path, name), training, C);
  }
  const record: RunRecord = {
    format: 1,
    id,
    started: '2026-11-28T10:00:00.000Z',
    seconds: 1,
    command: 'train',
    data: { file: 'data.csv', sha256: 'f'.repeat(64), contentSha256, rows: 200, sampled: null, ...data },
    config,
    seed,
    versions: { churn: '0.0.0', node: process.version },
    git: null,
    best: names[0],
    models: Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [
          name,
          {
            file: `models/${name}.model.json`,
            sha256: await fileSha256(modelFile(path, name)),
            metrics: { rocAuc: 0.5 },
            cv: {},
            threshold,
          },
        ]),
      ),
    ),
    test: { rows: labels.length, classes: ['no', 'yes'] },
  };
  await writeTestPredictions(path, {
    rows: Int32Array.from(rows),
    labels: Labels.from([...labels], ['no', 'yes']),
    probabilities: new Map(
      Object.entries(models).map(([name, yes]) => {
        const positive = Float64Array.from(yes);
        return [name, [positive.map((p) => 1 - p), positive]];
      }),
    ),
  });
  await writeFileAtomic(recordFile(path), JSON.stringify(record));
  return record;
}
