import { statSync } from 'node:fs';
import { missingColumn } from '@churn/core';
import type { RecordBatch, RecordSource } from '@churn/io';
import { recordedTarget } from '../../model/recorded-target.js';
import type { AnyScoringModel } from '../../scoring/scoring-model.js';
import { listLogFiles } from './log-files.js';
import { identityColumns } from './logged-columns.js';
import { type RowOutcome, readOutcomes } from './outcomes.js';
import { type LogColumns, readLogFile } from './read-log-file.js';

type LoggedModel = Pick<AnyScoringModel, 'hash' | 'predicts' | 'training' | 'task'>;

/** The parts of a log that do not belong to a model. */
export class LogLeftOut {
  /** The number of rows of each other model, by hash. */
  readonly others = new Map<string, number>();
  /** The number of outcomes that match no row. */
  outcomes = 0;
  /** The number of files of predictions. */
  files = 0;
}

/** Whether a path is a folder, such as the log of a service. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * The rows scored by a model, from the log of predictions in a folder, including open files of running services. If there are outcomes, the
 * target is an additional column, missing in rows without one; for a survival model, two columns, named by `loggedTimes`. An outcome
 * without a row number belongs to the only row of its request; for a request of several rows it is ignored.
 *
 * @param leftOut collects what is left out, once all batches are read.
 * @throws `invalid-file` if the folder cannot be read.
 */
export async function openLog(
  folder: string,
  scoring: LoggedModel,
  leftOut: LogLeftOut = new LogLeftOut(),
): Promise<RecordSource> {
  const names = identityColumns(scoring.predicts);
  const files = await listLogFiles(folder, 'predictions');
  const outcomes = await readOutcomes(folder);
  const hasOutcomes = outcomes.size > 0;
  const requestsOf = (columns?: LogColumns) => columns?.get(names.request) as ArrayLike<string> | undefined;
  const outcomesOf = (columns: LogColumns, next: LogColumns | undefined) => {
    const requests = requestsOf(columns) as ArrayLike<string>;
    const rows = columns.get(names.row) as ArrayLike<number>;
    // The rows of a request are contiguous in one file, in order.
    const after = (i: number) => (i + 1 < requests.length ? requests[i + 1] : requestsOf(next)?.[0]);
    return Array.from(requests, (request, i) =>
      outcomes.of(request, rows[i], rows[i] === 0 && after(i) !== request),
    );
  };
  return {
    name: folder,
    async *batches(schema) {
      let before = 0;
      let found = 0;
      leftOut.files = files.length;
      for (const file of files) {
        for await (const [columns, next] of withNext(readLogFile(file))) {
          const models = columns.get(names.model);
          // The columns of a model that predicts something else have other names.
          if (!models) break;
          const count = models.length;
          const rowOutcomes = hasOutcomes ? outcomesOf(columns, next) : [];
          found += rowOutcomes.filter((each) => each !== undefined).length;
          // All rows of a file are of one model.
          const hash = String(models[0]);
          if (hash !== scoring.hash) {
            leftOut.others.set(hash, (leftOut.others.get(hash) ?? 0) + count);
            continue;
          }
          const header = schema.map(({ name }) => name);
          const all = hasOutcomes ? new Map([...columns, ...outcomeColumns(scoring, rowOutcomes)]) : columns;
          const missing = header.filter((name) => !all.has(name));
          if (missing.length > 0) throw missingColumn(missing, [...columns.keys()], header);
          const values = header.map((name) => all.get(name) as ArrayLike<unknown>);
          yield toBatch(file.path, header, values, before, count);
          before += count;
        }
      }
      leftOut.outcomes = outcomes.size - found;
    },
    end: () => '',
  };
}

/** The outcome columns of a survival model: the time observed since the prediction, and whether it ended with the event. */
export function loggedTimes(predicts: string): { readonly time: string; readonly event: string } {
  return { time: `${predicts}_outcome_time`, event: `${predicts}_outcome_event` };
}

/** Outcomes as columns; missing where unknown. */
function outcomeColumns(
  { task, training, predicts }: LoggedModel,
  rowOutcomes: readonly (RowOutcome | undefined)[],
): [name: string, cells: (number | string | null)[]][] {
  const cells = (of: (outcome: RowOutcome) => number | string | null) =>
    rowOutcomes.map((each) => (each === undefined ? null : of(each)));
  if (task === 'survival') {
    const { time, event } = loggedTimes(predicts);
    // Logs of earlier versions only have times, without censoring.
    return [
      [time, cells((each) => (each.event === undefined ? null : Number(each.label)))],
      [event, cells((each) => (each.event === undefined ? null : each.event ? 'yes' : 'no'))],
    ];
  }
  const target = recordedTarget(training);
  if (target === undefined) return [];
  return [[target, cells(({ label }) => (task === 'value' ? Number(label) : label))]];
}

/** Each item with its successor. */
async function* withNext<T>(items: AsyncIterable<T>): AsyncGenerator<[item: T, next: T | undefined]> {
  let before: [T] | undefined;
  for await (const item of items) {
    if (before) yield [before[0], item];
    before = [item];
  }
  if (before) yield [before[0], undefined];
}

function toBatch(
  source: string,
  header: readonly string[],
  values: readonly ArrayLike<unknown>[],
  before: number,
  count: number,
): RecordBatch {
  const records = Array.from({ length: count }, (_, i) => values.map((column) => column[i]));
  const text = (record: number) => JSON.stringify(records[record]);
  return {
    source,
    header,
    records,
    lines: Int32Array.from({ length: count }, (_, i) => before + i + 1),
    isTyped: true,
    rejected: [],
    text,
    write: (places) => places.map((place) => `${text(place)}\n`).join(''),
  };
}
