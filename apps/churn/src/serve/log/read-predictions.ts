import { type CellInput, categoryColumn, columnOf, Table } from '@churn/core';
import { predictionColumns } from '../../scoring/prediction-columns.js';
import type { ScoringModel } from '../../scoring/scoring-model.js';
import { listLogFiles } from './log-files.js';
import { identityColumns } from './logged-columns.js';
import { type LogColumns, readLogFile } from './read-log-file.js';

/** Some rows that a service has scored, as its log tells of them. */
export interface LoggedPredictions {
  /** Those columns of the model that were logged as they are. */
  readonly table: Table;
  /** Of each class. */
  readonly probabilities: Float64Array[];
  /** When each row was scored, in milliseconds since 1970. */
  readonly times: Float64Array;
  /** The ID of each row's request. */
  readonly requests: readonly string[];
  /** The place of each row in its request, counted from 0. */
  readonly rows: Float64Array;
}

/**
 * Reads the rows that a model has scored from the log of predictions in a folder, some at a time and as they came, those of services that
 * run now among them. Rows of other models are passed over.
 *
 * @throws `invalid-file` where the folder or a file cannot be read.
 */
export async function* readPredictions(
  folder: string,
  scoring: Pick<ScoringModel, 'hash' | 'predicts' | 'classes' | 'model'>,
): AsyncGenerator<LoggedPredictions> {
  const names = identityColumns(scoring.predicts);
  for (const file of await listLogFiles(folder, 'predictions')) {
    for await (const columns of readLogFile(file)) {
      // A file has rows of one model.
      if (columns.get(names.model)?.[0] !== scoring.hash) break;
      yield toPredictions(columns, scoring);
    }
  }
}

function toPredictions(
  columns: LogColumns,
  scoring: Pick<ScoringModel, 'predicts' | 'classes' | 'model'>,
): LoggedPredictions {
  const names = identityColumns(scoring.predicts);
  const numbers = (name: string) => Float64Array.from((columns.get(name) ?? []) as ArrayLike<number>);
  const texts = (name: string) => (columns.get(name) ?? []) as ArrayLike<string>;
  const times = Float64Array.from(texts(names.time), (time) => Date.parse(time));
  const pairs = scoring.model.schema.flatMap(({ name, kind }) => {
    const values = columns.get(name);
    if (!values) return [];
    const column =
      kind === 'category'
        ? categoryColumn(Array.from(values as ArrayLike<string | null>))
        : columnOf(name, Array.from(values as ArrayLike<CellInput>), kind);
    return [[name, column] as const];
  });
  const added = predictionColumns(scoring);
  const probabilities =
    scoring.classes.length === 2
      ? ofBoth(numbers(added[0].name))
      : added.slice(1).map(({ name }) => numbers(name));
  return {
    table: Table.fromColumns(pairs, times.length),
    probabilities,
    times,
    requests: Array.from(texts(names.request)),
    rows: numbers(names.row),
  };
}

function ofBoth(second: Float64Array): Float64Array[] {
  return [second.map((p) => 1 - p), second];
}
