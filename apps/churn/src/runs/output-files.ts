import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChurnError } from '@churn/core';
import type { Config } from '../config/config.js';
import { latestRun } from './run-folder.js';

/** Where a training run writes a model. */
export function modelFile(folder: string, name: string): string {
  return join(folder, 'models', `${name}.model.json`);
}

/** The same relative to the folder of the run, as its record has it. */
export function recordedModelFile(name: string): string {
  return `models/${name}.model.json`;
}

/** Where a training run writes what it found, for programs. */
export function reportFile(folder: string): string {
  return join(folder, 'models', 'training_report.json');
}

/** Where a training run writes what it found, for people. */
export function readableReportFile(folder: string): string {
  return join(folder, 'models', 'training_report.md');
}

/** Where a training run writes the page that shows all it found. */
export function htmlReportFile(folder: string): string {
  return join(folder, 'report.html');
}

/** Where a training run tells what it was made of. */
export function recordFile(folder: string): string {
  return join(folder, 'run.json');
}

/** Where a training run writes what its models said of the rows held out. */
export function testPredictionsFile(folder: string): string {
  return join(folder, 'test_predictions.csv');
}

/**
 * The model file that training found best.
 * @throws `invalid-file` if nothing was trained yet.
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
