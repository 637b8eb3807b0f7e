import type { JsonObject } from '@churn/core';
import { flatSettings } from '../runs/flat-settings.js';
import type { RunRecord } from '../runs/run-record.js';

/** A parameter or a tag. */
type Entry = Readonly<Record<'key' | 'value', string>>;

const MAX_VALUE = 6000;
const MAX_KEY = 250;
/** Keys that are not sent, since there may be hundreds of columns; they are in `run.json`. */
const LEFT_OUT = /^(data\.columns|output|registry|tracking|logLevel|workers)\b/;

/** The settings of a run as MLflow parameters, by path, within the limits of MLflow. */
export function runParams({ config, seed }: Pick<RunRecord, 'config' | 'seed'>): Entry[] {
  const params = new Map<string, string>();
  for (const [path, value] of [...flatSettings(config ?? {}), ['seed', String(seed)] as const]) {
    if (LEFT_OUT.test(path)) continue;
    const key = path.replace(/[^\w\-./: ]/g, '_').slice(0, MAX_KEY);
    // Of names that only differ in replaced characters, the first is sent.
    if (!params.has(key)) params.set(key, value.slice(0, MAX_VALUE));
  }
  return Array.from(params, ([key, value]) => ({ key, value }));
}

/**
 * The metrics of all models: those of the best without a prefix, so that runs are comparable, and all by model: `boosting/rocAuc`.
 * Cross-validated means start with `cv_`.
 */
export function runMetrics({ models, best, seconds, started }: RunRecord): JsonObject[] {
  const timestamp = endOf({ started, seconds });
  const metric = (key: string, value: number) => ({ key, value, timestamp, step: 0 });
  const ofModel = (name: string, prefix: string) => {
    const { metrics, cv, threshold } = models[name];
    return [
      ...Object.entries(metrics).map(([key, value]) => metric(`${prefix}${key}`, value)),
      ...Object.entries(cv).map(([key, value]) => metric(`${prefix}cv_${key}`, value)),
      ...(threshold === null ? [] : [metric(`${prefix}threshold`, threshold)]),
    ];
  };
  return [
    metric('seconds', seconds),
    ...ofModel(best, ''),
    ...Object.keys(models).flatMap((name) => ofModel(name, `${name}/`)),
  ];
}

/** The tags of a run: its description and origin. */
export function runTags(record: RunRecord, key: string): Entry[] {
  const { id, best, versions, git, test, data } = record;
  const note =
    `Best model: \`${best}\`, evaluated on ${test.rows.toLocaleString('en')} held-out rows of ` +
    `${data.rows.toLocaleString('en')}. Metrics without a prefix are those of the best model.`;
  return [
    { key: 'mlflow.runName', value: id },
    { key: 'mlflow.source.name', value: 'churn train' },
    { key: 'mlflow.source.type', value: 'LOCAL' },
    { key: 'mlflow.note.content', value: note },
    ...(git ? [{ key: 'mlflow.source.git.commit', value: git.commit }] : []),
    ...(git ? [{ key: 'churn.git.dirty', value: String(git.dirty) }] : []),
    { key: KEY_TAG, value: key },
    { key: 'churn.run', value: id },
    { key: 'churn.best', value: best },
    { key: 'churn.version', value: versions.churn },
    { key: 'node.version', value: versions.node },
  ];
}

/** The tag that identifies a run, to resume sending after a process was killed. */
export const KEY_TAG = 'churn.record';

/** The dataset of a run. */
export function runDataset({ data }: RunRecord): JsonObject {
  const { file, sha256, rows } = data;
  return {
    dataset: {
      name: file,
      // MLflow allows at most 36 characters.
      digest: sha256.slice(0, 16),
      source_type: 'local',
      source: JSON.stringify({ uri: file }),
      profile: JSON.stringify({ num_rows: rows }),
    },
    tags: [{ key: 'mlflow.data.context', value: 'training' }],
  };
}

/** The start of a run, in milliseconds since 1970. */
export function startOfRun({ started }: Pick<RunRecord, 'started'>): number {
  return Date.parse(started) || 0;
}

/** The end of a run, in milliseconds since 1970. */
export function endOf(run: Pick<RunRecord, 'started' | 'seconds'>): number {
  return startOfRun(run) + Math.round(1000 * run.seconds);
}
