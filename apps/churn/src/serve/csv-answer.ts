import type { Cell } from '@churn/core';
import { type CsvRecords, csvRecordFormatter, quoted } from '@churn/io';
import { answersOf } from '../scoring/answers.js';
import { warningsColumn } from '../scoring/prediction-columns.js';
import type { Prediction } from './prediction.js';
import { unfit } from './problem.js';
import type { RequestWarnings } from './row-answers.js';
import type { ServedModel } from './served-model.js';

/** Whether a request accepts CSV. */
export function wantsCsv(accept: string | undefined): boolean {
  return /(^|,)\s*text\/csv\s*(;|,|$)/i.test(accept ?? '');
}

/**
 * The rows of a request, with the columns that `churn predict` adds: predictions and warnings.
 * @throws `Problem` if the rows have one of these columns already.
 */
export function csvAnswer(
  { header, records, delimiter }: Pick<CsvRecords, 'header' | 'records' | 'delimiter'>,
  predictions: readonly Prediction[],
  warnings: RequestWarnings,
  served: ServedModel,
): string {
  const added = [...answersOf(served).columns, warningsColumn(served)].map(({ name }) => name);
  const taken = header.find((name) => added.includes(name));
  if (taken !== undefined) throw unfit(`expected no column ${quoted(taken)}, which the answer adds`);
  const line = csvRecordFormatter({ delimiter });
  const rows = records.map((cells, row) => {
    const odd = (warnings.get(row) ?? []).map(({ text }) => text).join('; ');
    return `${line([...cells, ...cellsOf(predictions[row], served), odd])}\n`;
  });
  return `${line([...header, ...added])}\n${rows.join('')}`;
}

/** The added cells of one row. */
function cellsOf(prediction: Prediction, served: ServedModel): Cell[] {
  if ('within' in prediction) {
    const { within, expectedTime, medianTime } = prediction;
    const horizons = served.task === 'survival' ? served.durations.horizons : [];
    return [...horizons.map((horizon) => within[horizon]), expectedTime, medianTime];
  }
  if (!('probability' in prediction)) {
    const { prediction: value, low, high } = prediction;
    return low === undefined || high === undefined ? [value] : [value, low, high];
  }
  const { probability, prediction: called, probabilities, threshold, uplift } = prediction;
  const classes = served.task === 'classes' ? served.classes : [];
  // By name, since objects order keys such as "10" and "2" numerically.
  if (probabilities) return [called, ...classes.map((label) => probabilities[label])];
  const columns = [probability, called === classes[1] ? 1 : 0];
  return [...columns, ...[threshold, uplift].filter((each) => each !== undefined)];
}
