import { ChurnError, isString, type Json, type JsonObject, StateReader, type Target } from '@churn/core';
import { type DatasetSchema, parseDatasetSchema, type ValueOptions } from '@churn/io';
import { parseReferenceProfile, type ReferenceProfile } from '@churn/monitor';
import { type Config, FILE_NAME, isTimeZone } from '../config/config.js';
import { DELIMITER } from '../config/delimiter.js';
import { type RecordedDurations, recordedDurations, recordOfDurations } from './recorded-durations.js';
import { restoreInterval, type ValueInterval } from './value-interval.js';

const USUAL_DELIMITERS = [',', ';', '\t', '|'];
/** The texts for missing values in all columns, before model files had `columns`. */
const FORMER_MISSING_VALUES = ['', 'NA', 'N/A', 'null', 'NaN'];

/** The training data, as far as models record it. */
interface LearnedData {
  readonly y: Target;
  readonly schema: DatasetSchema;
  /** The hash of the training rows. */
  readonly contentSha256: string;
  /** All rows of the file, if the target uses only some. */
  readonly whole?: { readonly rows: number };
}

/** The reference in a model file that new rows are compared with. */
export interface ModelReference {
  /** The columns of all training rows, and the scores of the test rows. */
  readonly reference: ReferenceProfile;
  /** The importance of each of these columns, at least 0: the increase of the log loss without it. Absent if unknown. */
  readonly importances?: readonly number[] | undefined;
}

/** The selection and evaluation of a model, as recorded in its file. */
interface LearnedModel {
  readonly parameters: JsonObject;
  readonly test: JsonObject;
  /** The offsets of prediction intervals. */
  readonly interval?: ValueInterval;
}

/**
 * The training record in a model file. It has no paths, times or file formats, so that the same training on the same data gives the same
 * bytes.
 */
export function trainingRecord(
  config: Config,
  { y, schema, contentSha256, whole }: LearnedData,
  { parameters, test, interval }: LearnedModel,
  { reference, importances }: ModelReference,
): JsonObject {
  const { delimiter, encoding, missingValues, timeZone } = config.data;
  return {
    data: { sha256: contentSha256, rows: whole?.rows ?? y.length },
    target: recordOfTarget(config, y),
    predicts: config.predicts,
    columns: schema as unknown as Json,
    ...(missingValues !== undefined && { missingValues }),
    ...(timeZone !== undefined && { timeZone }),
    // The usual ones are detected from the header of the scored file.
    ...(!USUAL_DELIMITERS.includes(delimiter) && { delimiter }),
    ...(encoding !== undefined && { encoding }),
    seed: config.seed,
    split: config.split,
    processing: config.processing,
    parameters,
    test,
    ...(interval && { interval }),
    reference,
    ...(importances && { importances }),
  };
}

function recordOfTarget({ data: { target, positive, durations } }: Config, y: Target): JsonObject {
  if (durations) return { column: target, ...recordOfDurations(durations, positive) };
  if (y.kind !== 'classes') return { column: target };
  const classes = y.classes.map(String);
  return { column: target, classes, ...(positive !== undefined && { positive: classes[1] }) };
}

/** The parts of a training record that scoring needs. */
export interface ScoringRecord extends ValueOptions, Partial<ModelReference> {
  /** The features, as read and declared; empty for files of earlier versions. */
  readonly columns: DatasetSchema;
  /** The CSV delimiter, if the header does not determine it. */
  readonly delimiter?: string;
  /** The encoding of the training file, if specified; the default for scoring. */
  readonly encoding?: string;
  /** The prefix of the columns that scoring adds. */
  readonly predicts: string;
  /** The offsets of prediction intervals, for regression. */
  readonly interval?: ValueInterval;
  /** The metadata of durations, for survival. */
  readonly durations?: RecordedDurations;
}

/**
 * The threshold of files of the first version, which have it next to the model instead of in it.
 *
 * @param nClasses the number of classes of the model.
 * @throws `model-file` if the record is invalid.
 */
export function recordedThreshold(training: JsonObject, nClasses: number): number | undefined {
  const record = new StateReader('training', training);
  if (!record.has('threshold')) return undefined;
  record.expect(nClasses === 2, 'threshold', 'that of a model of two classes');
  // Just above 1 if predicting no positives is best.
  return record.number('threshold', { from: 0, to: 1 + Number.EPSILON });
}

/**
 * Reads the result of `trainingRecord`; keys that earlier versions lack have defaults.
 * @throws `model-file` if the record is invalid.
 */
export function scoringRecord(training: JsonObject): ScoringRecord {
  const record = new StateReader('training', training);
  const delimiter = record.has('delimiter') ? record.string('delimiter') : undefined;
  record.expect(
    delimiter === undefined || DELIMITER.test(delimiter),
    'delimiter',
    'a character such as "," or ";"',
  );
  const timeZone = record.has('timeZone') ? record.string('timeZone') : undefined;
  record.expect(
    timeZone === undefined || isTimeZone(timeZone),
    'timeZone',
    'a time zone such as Europe/Berlin',
  );
  const predicts = record.has('predicts') ? record.string('predicts') : 'churn';
  record.expect(
    FILE_NAME.test(predicts),
    'predicts',
    'a name of letters, digits, _ and - that starts with a letter',
  );
  const listed = record.has('missingValues') ? record.list('missingValues', isString) : undefined;
  const isFormer = !record.has('columns');
  const reference = record.has('reference')
    ? parseReferenceProfile(record.get('reference') as Json, 'training.reference')
    : undefined;
  return {
    columns: isFormer ? [] : columnsOf(record),
    missingValues: listed ?? (isFormer ? FORMER_MISSING_VALUES : undefined),
    categories: isFormer ? 'asWritten' : 'canonical',
    ...(timeZone !== undefined && { timeZone }),
    ...(delimiter !== undefined && { delimiter }),
    ...(record.has('encoding') && { encoding: record.string('encoding') }),
    predicts,
    ...(reference && { reference }),
    ...(reference &&
      record.has('importances') && {
        importances: record.numbers('importances', { length: reference.columns.length, from: 0 }),
      }),
    ...(record.has('interval') && { interval: restoreInterval(record.child('interval')) }),
    ...recordedDurations(record),
  };
}

function columnsOf(record: StateReader): DatasetSchema {
  try {
    return parseDatasetSchema(record.get('columns'), 'training.columns');
  } catch (error) {
    throw ChurnError.is(error) ? new ChurnError('model-file', error.message, { cause: error }) : error;
  }
}
