import { ChurnError, isString, type Json, type JsonObject, StateReader, type Target } from '@churn/core';
import { type DatasetSchema, parseDatasetSchema, type ValueOptions } from '@churn/io';
import { parseReferenceProfile, type ReferenceProfile } from '@churn/monitor';
import { type Config, FILE_NAME, isTimeZone } from '../config/config.js';
import { DELIMITER } from '../config/delimiter.js';
import { type RecordedDurations, recordedDurations, recordOfDurations } from './recorded-durations.js';
import { restoreInterval, type ValueInterval } from './value-interval.js';

const USUAL_DELIMITERS = [',', ';', '\t', '|'];
/** What meant a missing value in all columns before `columns` stood in model files. */
const FORMER_MISSING_VALUES = ['', 'NA', 'N/A', 'null', 'NaN'];

/** The data of a training run, as far as its models keep what it was. */
interface LearnedData {
  readonly y: Target;
  readonly schema: DatasetSchema;
  /** Of what is learned from. */
  readonly contentSha256: string;
  /** All rows of the file, if the target is that of some. */
  readonly whole?: { readonly rows: number };
}

/** What a model file keeps of the data, for later rows to be compared with. */
export interface ModelReference {
  /** The columns of all rows learned from, and the scores of the test rows. */
  readonly reference: ReferenceProfile;
  /** What each of these columns matters to the model, from 0: by how much its log loss rises without it. Absent if it is not known. */
  readonly importances?: readonly number[] | undefined;
}

/** What a model file keeps of how its model was chosen and tried. */
interface LearnedModel {
  readonly parameters: JsonObject;
  readonly test: JsonObject;
  /** What is added to a predicted value for its interval. */
  readonly interval?: ValueInterval;
}

/**
 * How a model came to be, as its file keeps it. No path, no time and nothing of the format that the data was read from: the same training
 * on the same data gives the same bytes.
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
    // The header of what is scored tells the usual ones.
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

/** What scoring needs to know of a training run. */
export interface ScoringRecord extends ValueOptions, Partial<ModelReference> {
  /** The columns to train on, as they were read and declared; of a file of an earlier version none. */
  readonly columns: DatasetSchema;
  /** What stands between the fields of CSV, where its header does not tell. */
  readonly delimiter?: string;
  /** The encoding of the training file, if it was named; the same for scoring. */
  readonly encoding?: string;
  /** What a model predicts, as the columns that it adds begin with. */
  readonly predicts: string;
  /** Of a model of values, what is added to one for its interval. */
  readonly interval?: ValueInterval;
  /** Of a model of times, what is told of them. */
  readonly durations?: RecordedDurations;
}

/**
 * The threshold that files of the first version have beside the model, instead of a model that decides by it.
 *
 * @param nClasses how many classes the model has.
 * @throws `model-file` if something else stands there.
 */
export function recordedThreshold(training: JsonObject, nClasses: number): number | undefined {
  const record = new StateReader('training', training);
  if (!record.has('threshold')) return undefined;
  record.expect(nClasses === 2, 'threshold', 'that of a model of two classes');
  // Just above 1 if it is best to call nobody.
  return record.number('threshold', { from: 0, to: 1 + Number.EPSILON });
}

/**
 * Reads what `trainingRecord` wrote; what an earlier version left out has its default.
 * @throws `model-file` if something else stands there.
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
  record.expect(FILE_NAME.test(predicts), 'predicts', 'a name of letters, digits, _ and -, a letter first');
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
