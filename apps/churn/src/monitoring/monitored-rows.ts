import { ChurnError } from '@churn/core';
import { type DatasetSchema, type RowSource, readRowPart, readRows } from '@churn/io';
import { type InputOptions, openRows } from '../input.js';
import { partsInOrder } from '../scoring/parts-in-order.js';
import type { AnyScoringModel } from '../scoring/scoring-model.js';
import { STANDARD_STREAM } from '../scoring/standard-stream.js';
import { isFolder, type LogLeftOut, openLog } from '../serve/log/log-records.js';
import type { MonitorTask } from './monitor-worker.js';
import { type MonitoredColumns, type MonitoredPart, monitoredModel, partMonitor } from './monitored-part.js';

/** An input to monitor. */
export interface MonitoredInput {
  readonly input: string;
  /** The file of the model. */
  readonly modelFile: string;
  readonly scoring: AnyScoringModel;
  /** The format of the input, if its name does not determine it. */
  readonly format: InputOptions;
}

/**
 * Yields the rows of an input in batches, in order, with the scores of the model; long inputs are scored on all cores.
 * @param leftOut collects the rows of a log that are left out.
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

/** Opens the rows of a file, of standard input, or of a service's log folder. */
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

/** Whether an input has the given columns besides those of the model; unknown for standard input, which can be read only once. */
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
    // Missing columns of the model are reported when rows are read.
    if (!(ChurnError.is(error) && error.code === 'column-name')) throw error;
  }
  return false;
}
