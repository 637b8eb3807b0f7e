import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { latestRun } from './run-folder.js';

/** The path of a model in the folder of a run. */
export function modelFile(folder: string, name: string): string {
  return join(folder, 'models', `${name}.model.json`);
}

/** The same relative to the folder of the run, as in its record. */
export function recordedModelFile(name: string): string {
  return `models/${name}.model.json`;
}

/** The path of the JSON report of a run. */
export function reportFile(folder: string): string {
  return join(folder, 'models', 'training_report.json');
}

/** The path of the Markdown report of a run. */
export function readableReportFile(folder: string): string {
  return join(folder, 'models', 'training_report.md');
}

/** The path of the HTML report of a run. */
export function htmlReportFile(folder: string): string {
  return join(folder, 'report.html');
}

/** The path of the record of a run. */
export function recordFile(folder: string): string {
  return join(folder, 'run.json');
}

/** The path of the predictions for held-out rows of a run. */
export function testPredictionsFile(folder: string): string {
  return join(folder, 'test_predictions.csv');
}

/**
 * The file of the best model of the latest run.
 * @throws `invalid-file` if there is no run yet.
 */
export async function bestModelFile({ output }: Config): Promise<string> {
  const latest = latestRun(output.folder);
  const file = reportFile(latest);
  try {
    const { best } = JSON.parse(await readFile(file, 'utf8'));
    return modelFile(latest, best);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const fault = isMissing
      ? `${output.folder}: no trained model yet`
      : `${file} does not name the best model`;
    throw new ChurnError('invalid-file', `${fault}: train first, or pass --model FILE`, { cause: error });
  }
}
