import { ChurnError, type Table, type Target } from '@churn/core';
import { takeRecords } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { Task } from '../task/task.js';
import { contentHash } from './content-hash.js';
import type { Dataset, TargetRows } from './dataset.js';
import { distinctRows } from './distinct-rows.js';
import { columnWarnings, learnedNames } from './learned-columns.js';
import { type ReadTable, readTable, requireTarget, sourceNotes } from './read-table.js';
import { armPlaces, treatmentArms } from './treatment-arms.js';

/**
 * Reads and checks the training data that a configuration describes.
 *
 * @param task says what is predicted, which `config` says too.
 * @param dates the columns that hold dates, besides those declared as such.
 * @throws `invalid-file` if the file cannot be read; `invalid-data` with all that its columns should not hold; `column-name` or
 * `invalid-target` if the target is missing or cannot be learned from.
 */
export async function loadDataset<T extends Target>(
  task: Task<T>,
  config: DataConfig,
  dates: readonly string[] = [],
): Promise<Dataset<T>> {
  return toLearnFrom(task, await readTable(config, dates), config);
}

/** What there is to train on a table that was read. */
export function toLearnFrom<T extends Target>(
  task: Task<T>,
  read: ReadTable,
  config: DataConfig,
): Dataset<T> {
  requireTarget(read, config);
  const { table, records, columns } = read;
  const target = task.readTarget(read, config);
  const unlabelled = table.nRows - target.rows.length;
  const distinct = distinctRows(unlabelled > 0 ? table.take(target.rows) : table, config);
  const rows = distinct.rows.map((row) => target.rows[row]);
  const y = target.y.take(distinct.rows) as T;
  const all = rows.length === table.nRows ? table : table.take(rows);
  const features = all.select(learnedNames(columns, config.columns));
  refuseNoFeature(features, records.source);
  const given: TargetRows<T> = { records: takeRecords(records, rows), features, all, y };
  const arms = config.treatment && treatmentArms(read, rows, config.treatment);
  // What a treated row did says what comes of the treatment, and not what comes without it.
  const learned = arms ? takeRows(given, armPlaces(arms, 0)) : given;
  const leaks = task.findLeaks(learned.features, learned.y, config.target);
  const known = new Map(columns.map(({ column }) => [column.name, column]));
  return {
    ...learned,
    schema: features.names.flatMap((name) => known.get(name) ?? []),
    columns,
    duplicates: distinct.duplicates,
    equalRows: distinct.equal,
    unlabelled,
    leaks,
    warnings: [
      ...sourceNotes(records),
      ...columnWarnings(columns),
      ...target.warnings,
      ...leaks.map(({ message }) => message),
      ...equalRowsWarning(distinct.equal, rows.length),
    ],
    contentSha256: contentHash(learned.features, learned.y),
    ...(arms && { experiment: { ...(given as TargetRows<Target> as TargetRows), ...arms } }),
  };
}

/** Some rows, by their places. */
function takeRows<T extends Target>(
  { records, features, all, y }: TargetRows<T>,
  places: Int32Array,
): TargetRows<T> {
  return {
    records: takeRecords(records, places),
    features: features.take(places),
    all: all.take(places),
    y: y.take(places) as T,
  };
}

/** The share of all rows above which those that equal others are warned of: some repeat by chance. */
const MANY_EQUAL = 0.01;

function equalRowsWarning(equal: number, rows: number): string[] {
  if (equal <= MANY_EQUAL * rows) return [];
  return [
    `${equal} of ${rows} rows equal an earlier one and are kept; if they are copies, some test rows are among those learned from: ` +
      'set data.duplicates: drop, or data.uniqueBy',
  ];
}

function refuseNoFeature({ names }: Table, source: string): void {
  if (names.length > 0) return;
  throw new ChurnError(
    'invalid-data',
    `${source}: no column to learn from: all are the target, IDs, of one value, dropped or not declared`,
  );
}
