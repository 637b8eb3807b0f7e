import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { ChurnError, type ColumnKind, type FittedPipeline } from '@churn/core';
import {
  type CsvRecords,
  formatCsv,
  loadModel,
  parseCsv,
  readCsvRecords,
  toTable,
  writeFileAtomic,
} from '@churn/io';
import type { Config } from '../config.js';
import type { Logger } from '../logger.js';
import { modelClasses } from '../processing.js';
import { likeliestTable } from '../result-table.js';
import { missingValuesOf } from '../training-record.js';
import { modelFile, reportFile } from './train.js';

const STANDARD_STREAM = '-';
const ADDED = ['churn_probability', 'churn_prediction'];

export interface PredictOptions {
  /** A CSV file of raw rows, or `-` for standard input. */
  readonly input: string;
  /** A model file. */
  readonly model: string;
  /** Where the scored rows go, or `-` for standard output. */
  readonly output: string;
}

/**
 * Scores raw rows with a saved model: each row as it came, with the probability of the positive class and the
 * prediction, 1 where that class is the likelier one and 0 where it is not.
 *
 * @returns a summary to show a user.
 */
export async function predict({ input, model, output }: PredictOptions, logger: Logger): Promise<string> {
  const loaded = await loadModel(model, modelClasses);
  const csv = await readInput(input);
  assertNotScored(csv);
  const scores = score(csv, loaded.model, missingValuesOf(loaded.training));
  const text = formatCsv(
    [...csv.header, ...ADDED],
    csv.records.map((record, row) => [...record, String(scores[row]), isPositive(scores[row]) ? '1' : '0']),
  );
  if (output === STANDARD_STREAM) {
    process.stdout.write(text);
  } else {
    await writeFileAtomic(output, text);
  }
  const positives = scores.filter(isPositive).length;
  logger.info(`scored ${scores.length} rows of ${csv.source} with ${model}: ${positives} predicted to churn`);
  return `${likeliestTable(csv, scores)}\n\nscored rows: ${output}`;
}

/**
 * The model file that training found best.
 * @throws `invalid-file` where nothing was trained yet.
 */
export async function bestModelFile({ output }: Config): Promise<string> {
  const file = reportFile(output.folder);
  try {
    const { best } = JSON.parse(await readFile(file, 'utf8'));
    return modelFile(output.folder, best);
  } catch (error) {
    throw new ChurnError(
      'invalid-file',
      `${file} does not tell the best model: train first, or give --model FILE`,
      {
        cause: error,
      },
    );
  }
}

function score(csv: CsvRecords, model: FittedPipeline, missingValues: readonly string[]): Float64Array {
  const kinds = new Map<string, ColumnKind>(model.schema.map(({ name, kind }) => [name, kind]));
  return model.predictProba(toTable(csv, { kinds, missingValues, columns: model.features }))[1];
}

function isPositive(probability: number): boolean {
  return probability > 0.5;
}

async function readInput(input: string): Promise<CsvRecords> {
  if (input !== STANDARD_STREAM) return readCsvRecords(input);
  return parseCsv(await buffer(process.stdin), { source: 'standard input' });
}

function assertNotScored({ header, source }: CsvRecords): void {
  const taken = ADDED.filter((name) => header.includes(name));
  if (taken.length === 0) return;
  throw new ChurnError(
    'invalid-file',
    `${source} already has a column "${taken[0]}": it was scored before; remove it first`,
  );
}
