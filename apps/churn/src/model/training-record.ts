import { basename } from 'node:path';
import { ChurnError, isString, type Json, type JsonObject, type Labels, StateReader } from '@churn/core';
import { type DatasetSchema, parseDatasetSchema, type ValueOptions } from '@churn/io';
import { type Config, DELIMITER, dataName, FILE_NAME } from '../config/config.js';
import type { Candidate } from '../config/model-config.js';

const DEFAULT_DELIMITER = ',';
/** What meant a missing value in all columns before `columns` stood in model files. */
const FORMER_MISSING_VALUES = ['', 'NA', 'N/A', 'null', 'NaN'];

/** The data of a training run, as far as its models keep what it was. */
interface LearnedData {
  readonly labels: Labels;
  readonly schema: DatasetSchema;
  readonly sha256: string;
}

/** How a model came to be, as its file keeps it. No path and no time: the same training gives the same bytes. */
export function trainingRecord(
  config: Config,
  { labels, schema, sha256 }: LearnedData,
  { parameters, test }: { readonly parameters: Candidate; readonly test: JsonObject },
): JsonObject {
  const { target, positive, delimiter, encoding, missingValues } = config.data;
  return {
    data: { file: basename(dataName(config.data)), sha256, rows: labels.length },
    target: {
      column: target,
      classes: labels.classes.map(String),
      ...(positive !== undefined && { positive }),
    },
    predicts: config.predicts,
    columns: schema as unknown as Json,
    ...(missingValues !== undefined && { missingValues }),
    ...(delimiter !== DEFAULT_DELIMITER && { delimiter }),
    ...(encoding !== undefined && { encoding }),
    seed: config.seed,
    split: config.split,
    processing: config.processing,
    parameters,
    test,
  };
}

/** What scoring needs to know of a training run. */
export interface ScoringRecord extends Pick<ValueOptions, 'missingValues' | 'categories'> {
  /** The columns to learn from, as they were read and declared; of a file of an earlier version none. */
  readonly columns: DatasetSchema;
  /** What stood between the fields of the training file, so that scoring reads and writes CSV in the same way. */
  readonly delimiter: string;
  /** The encoding of the training file, where it was named; the same for scoring. */
  readonly encoding?: string;
  /** What a model predicts, as the columns that it adds begin with. */
  readonly predicts: string;
}

/**
 * The threshold that files of the first version have beside the model, in place of a model that decides by it.
 *
 * @param nClasses how many classes the model has.
 * @throws `model-file` where something else stands there.
 */
export function recordedThreshold(training: JsonObject, nClasses: number): number | undefined {
  const record = new StateReader('training', training);
  if (!record.has('threshold')) return undefined;
  record.expect(nClasses === 2, 'threshold', 'that of a model of two classes');
  // Just above 1 where it is best to call nobody.
  return record.number('threshold', { from: 0, to: 1 + Number.EPSILON });
}

/**
 * Reads what `trainingRecord` wrote; what an earlier version left out has its default.
 * @throws `model-file` where something else stands there.
 */
export function scoringRecord(training: JsonObject): ScoringRecord {
  const record = new StateReader('training', training);
  const delimiter = record.has('delimiter') ? record.string('delimiter') : DEFAULT_DELIMITER;
  record.expect(DELIMITER.test(delimiter), 'delimiter', 'a character such as "," or ";"');
  const predicts = record.has('predicts') ? record.string('predicts') : 'churn';
  record.expect(FILE_NAME.test(predicts), 'predicts', 'a name of letters, digits, _ and -, a letter first');
  const listed = record.has('missingValues') ? record.list('missingValues', isString) : undefined;
  const isFormer = !record.has('columns');
  return {
    columns: isFormer ? [] : columnsOf(record),
    missingValues: listed ?? (isFormer ? FORMER_MISSING_VALUES : undefined),
    categories: isFormer ? 'asWritten' : 'canonical',
    delimiter,
    ...(record.has('encoding') && { encoding: record.string('encoding') }),
    predicts,
  };
}

function columnsOf(record: StateReader): DatasetSchema {
  try {
    return parseDatasetSchema(record.get('columns'), 'training.columns');
  } catch (error) {
    throw ChurnError.is(error) ? new ChurnError('model-file', error.message, { cause: error }) : error;
  }
}
