import type { Config } from '../config/config.js';
import { flatSettings } from '../runs/flat-settings.js';
import { gitText } from '../runs/git-state.js';
import { runPath } from '../runs/run-folder.js';
import type { RunRecord } from '../runs/run-record.js';
import { readTestPredictions } from '../runs/test-predictions.js';
import { type MetricDifference, metricDifferences, unmatchedDifferences } from './metric-differences.js';
import { type ComparedRun, type SharedRows, sharedRows, whyUnmatched } from './shared-rows.js';

/** A difference between two runs. */
export interface Difference {
  readonly what: string;
  /** `null` if the run does not have it. */
  readonly a: string | null;
  readonly b: string | null;
}

export interface RunComparison {
  readonly a: ComparedRun;
  readonly b: ComparedRun;
  /** Settings of the configuration, seed, versions and commit. */
  readonly settings: readonly Difference[];
  readonly data: readonly Difference[];
  readonly metrics: readonly MetricDifference[];
  /** The common test rows that the metrics are compared on, or the reason why there are none. */
  readonly rows: SharedRows | string;
}

/**
 * Compares a model of each of two runs, on the test rows held out by both.
 * @throws `invalid-file` if the predictions of a run are damaged.
 */
export async function compareRuns(
  { output }: Pick<Config, 'output'>,
  a: ComparedRun,
  b: ComparedRun,
): Promise<RunComparison> {
  const rows = await rowsOf(output.folder, a, b);
  const [ofA, ofB] = [a, b].map(({ record, model }) => record.models[model]);
  const thresholds = { a: ofA.threshold, b: ofB.threshold };
  return {
    a,
    b,
    settings: differences(settingsOf(a), settingsOf(b)),
    data: differences(dataOf(a), dataOf(b)),
    metrics:
      typeof rows === 'string'
        ? unmatchedDifferences(ofA.metrics, ofB.metrics)
        : metricDifferences(rows, thresholds, a.record.seed),
    rows,
  };
}

async function rowsOf(folder: string, a: ComparedRun, b: ComparedRun): Promise<SharedRows | string> {
  const reason = whyUnmatched(a.record, b.record);
  if (reason !== undefined) return reason;
  const [ofA, ofB] = await Promise.all(
    [a, b].map(async ({ record, model }) => {
      return { model, predictions: await readTestPredictions(runPath(folder, record.id), record) };
    }),
  );
  return sharedRows(ofA, ofB);
}

/** Keys that do not affect results. */
const ASIDE = /^(output\.(folder|log|images|report)|eda|registry|monitoring|tracking|logLevel|workers)\b/;

function settingsOf({ record }: ComparedRun): Map<string, string> {
  const { config, seed, versions, git } = record;
  const unused = unusedSettings(record);
  const settings = [...flatSettings(config ?? {})].filter(
    ([path]) => !ASIDE.test(path) && !unused.includes(path),
  );
  return new Map([
    ...settings,
    ['seed', String(seed)],
    ['churn', versions.churn],
    ['Node', versions.node],
    ['commit', gitText(git)],
  ]);
}

/** Settings that a run did not use. */
function unusedSettings({ config, data }: RunRecord): string[] {
  return [
    // The preset only applies to automatic model selection.
    ...(config?.models === 'auto' ? [] : ['preset']),
    ...(config?.time == null ? ['time'] : []),
    ...(data.sampled === null ? ['training.sampleRows'] : []),
  ];
}

function dataOf({ record }: ComparedRun): Map<string, string> {
  const { data, test } = record;
  return new Map([
    ['file', data.file],
    ['SHA-256 of the file', data.sha256],
    ['SHA-256 of the training data', data.contentSha256 ?? 'unknown'],
    ['rows', data.rows.toLocaleString('en')],
    ['test rows', test.rows.toLocaleString('en')],
    ['classes', test.classes.join(', ')],
  ]);
}

function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): Difference[] {
  return [...new Set([...a.keys(), ...b.keys()])].flatMap((what) => {
    const [ofA, ofB] = [a.get(what) ?? null, b.get(what) ?? null];
    return ofA === ofB ? [] : [{ what, a: ofA, b: ofB }];
  });
}
