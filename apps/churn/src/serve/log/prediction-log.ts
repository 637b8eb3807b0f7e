import { answersOf } from '../../scoring/answers.js';
import type { Answered, Observer } from '../answered.js';
import type { ClassPrediction, Prediction, TimePrediction, ValuePrediction } from '../prediction.js';
import type { ServedModel } from '../served-model.js';
import { identityColumns, type LoggedColumnsOptions, loggedColumns } from './logged-columns.js';
import { RotatedLog, type RotatedLogOptions } from './rotated-log.js';

export interface PredictionLogOptions
  extends Omit<RotatedLogOptions, 'kind'>,
    Pick<LoggedColumnsOptions, 'columns' | 'hashed' | 'salt'> {}

/** A log of answered predictions, with one line per scored row. */
export interface PredictionLog {
  readonly observe: Observer;
  /** The number of rows dropped for lack of space. */
  dropped(): number;
  close(): Promise<void>;
}

/**
 * Opens a log of predictions in a folder.
 * @throws `invalid-file` if it cannot be written to.
 */
export async function openPredictionLog(options: PredictionLogOptions): Promise<PredictionLog> {
  const log = await RotatedLog.open({ ...options, kind: 'predictions' });
  const writers = new WeakMap<ServedModel, (answered: Answered) => string>();
  let last: ServedModel | undefined;
  return {
    observe(answered) {
      const { served, predictions } = answered;
      const write = writers.get(served) ?? recordWriter(served, options);
      writers.set(served, write);
      // All rows of a file have the same columns.
      if (last && last !== served) log.startFile();
      last = served;
      log.add(write(answered), predictions.length);
    },
    dropped: () => log.dropped,
    close: () => log.close(),
  };
}

/** Returns a function that formats the lines of a request's rows. */
function recordWriter(served: ServedModel, options: LoggedColumnsOptions): (answered: Answered) => string {
  const names = identityColumns(served.predicts);
  const [time, request, row, model] = [names.time, names.request, names.row, names.model].map(
    (name) => `${JSON.stringify(name)}:`,
  );
  const columns = loggedColumns(served, options);
  const called = predictionMembers(served);
  const isoNow = isoClock();
  return ({ id, rows, predictions }) => {
    const start = `{${time}"${isoNow()}",${request}"${id}",${model}"${served.hash}",${row}`;
    let text = '';
    for (const [i, members] of columns(rows).entries()) {
      text += `${start}${i}${members}${called(predictions[i])}}\n`;
    }
    return text;
  };
}

/** Returns a function for the current time as ISO text, cached per millisecond. */
function isoClock(): () => string {
  let last = Number.NaN;
  let text = '';
  return () => {
    const now = Date.now();
    if (now !== last) text = new Date(now).toISOString();
    last = now;
    return text;
  };
}

/** The JSON members that scoring adds, as in a scored file. */
function predictionMembers(served: ServedModel): (prediction: Prediction) => string {
  const keys = answersOf(served).columns.map(({ name }) => `,${JSON.stringify(name)}:`);
  const members = membersOf(keys, served);
  // Predictions are of the model's own task.
  return members as (prediction: Prediction) => string;
}

function membersOf(keys: readonly string[], served: ServedModel) {
  if (served.task === 'survival') return timeMembers(keys, served.durations.horizons);
  return served.task === 'value' ? valueMembers(keys) : classMembers(keys, served.classes);
}

function timeMembers(keys: readonly string[], horizons: readonly number[]): (each: TimePrediction) => string {
  return ({ within, expectedTime, medianTime }) => {
    const cells = [...horizons.map((horizon) => within[horizon]), expectedTime, medianTime];
    return cells.map((cell, k) => `${keys[k]}${cell}`).join('');
  };
}

function valueMembers([prediction, low, high]: readonly string[]): (each: ValuePrediction) => string {
  return (each) => {
    const ends = low === undefined ? '' : `${low}${each.low}${high}${each.high}`;
    return `${prediction}${each.prediction}${ends}`;
  };
}

function classMembers(
  keys: readonly string[],
  classes: readonly string[],
): (each: ClassPrediction) => string {
  if (classes.length === 2) {
    return ({ probability, prediction, threshold, uplift }) => {
      const cells = [probability, prediction === classes[1] ? 1 : 0, threshold, uplift];
      return cells
        .filter((cell) => cell !== undefined)
        .map((cell, k) => `${keys[k]}${cell}`)
        .join('');
    };
  }
  const [prediction, ...probabilities] = keys;
  return (each) => {
    const ofEach = classes.map((label, k) => probabilities[k] + (each.probabilities?.[label] ?? null));
    return `${prediction}${JSON.stringify(each.prediction)}${ofEach.join('')}`;
  };
}
