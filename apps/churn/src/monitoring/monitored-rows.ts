import { ChurnError } from '@churn/core';
import { type DatasetSchema, type RowSource, readRowPart, readRows } from '@churn/io';
import { type InputOptions, openRows } from '../input.js';
import { partsInOrder } from '../scoring/parts-in-order.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { isFolder, type LogLeftOut, openLog } from '../serve/log/log-records.js';
import type { MonitorTask } from './monitor-worker.js';
import { type MonitoredColumns, type MonitoredPart, monitoredModel, partMonitor } from './monitored-part.js';

/** An input of rows to be monitored. */
export interface MonitoredInput {
  readonly input: string;
  /** The file of the model. */
  readonly modelFile: string;
  readonly scoring: AnyScoringModel;
  /** How the input is written, where its name does not tell. */
  readonly format: InputOptions;
}

/**
 * The rows of an input, some at a time and in their order, with the scores of the model: a long one on all cores.
 * @param leftOut takes up what of a log is left out.
 */
export async function* monitoredParts(
  { input, modelFile, scoring, format }: MonitoredInput,
  columns: MonitoredColumns,
  leftOut?: LogLeftOut,
): AsyncGenerator<MonitoredPart> {
  const reading = monitoredModel(scoring, columns);
  const source = await openInput(input, reading, format, leftOut);
  yield* partsInOrder<MonitorTask, MonitoredPart>(source, [], {
    modelFile,
    worker: 'monitor-worker',
    task: (part) => ({ part, ...columns }),
    read: (part) => readRowPart(part, reading),
    work: partMonitor(scoring, columns),
  });
}

/** The rows of a file, of standard input or of the log of a service, which is a folder. */
async function openInput(
  input: string,
  scoring: AnyScoringModel,
  format: InputOptions,
  leftOut?: LogLeftOut,
): Promise<RowSource> {
  return isFolder(input)
    ? readRows(await openLog(input, scoring, leftOut), scoring)
    : openRows(input, scoring, format);
}

/** Whether an input has columns besides those of the model; of standard input that is not known, which can be read once. */
export async function hasColumns(
  { input, scoring, format }: MonitoredInput,
  columns: DatasetSchema,
): Promise<boolean> {
  if (input === STANDARD_STREAM) return false;
  const known = new Set(scoring.schema.map(({ name }) => name));
  const others = columns.filter(({ name }) => !known.has(name));
  if (others.length === 0) return true;
  const source = await openInput(input, monitoredModel(scoring, { others, isScored: false }), format);
  try {
    for await (const { table } of source.batches()) return others.every(({ name }) => table.has(name));
  } catch (error) {
    // A column of the model that is missing is told when the rows are read.
    if (!(ChurnError.is(error) && error.code === 'column-name')) throw error;
  }
  return false;
}
