import { ChurnError, type Table, type Target } from '@churn/core';
import { takeRecords } from '@churn/io';
import type { DataConfig } from '../config/config.js';
import type { Task } from '../task/task.js';
import { contentHash } from './content-hash.js';
import type { Dataset, TargetRows } from './dataset.js';
import { distinctRows } from './distinct-rows.js';
import { columnWarnings, dropWarnings, learnedNames } from './learned-columns.js';
import { type ReadTable, readTable, requireTarget, sourceNotes } from './read-table.js';
import { armPlaces, treatmentArms } from './treatment-arms.js';

/**
 * Reads and checks the training data that a configuration describes.
 *
 * @param task the task of `config`.
 * @param dates additional date columns, besides declared ones.
 * @throws `invalid-file` if the file cannot be read; `invalid-data` with all invalid values; `column-name` or `invalid-target` if the
 * target is missing or unsuitable.
 */
export async function loadDataset<T extends Target>(
  task: Task<T>,
  config: DataConfig,
  dates: readonly string[] = [],
): Promise<Dataset<T>> {
  return toLearnFrom(task, await readTable(config, dates), config);
}

/** The dataset of a table that was read. */
export function toLearnFrom<T extends Target>(
  task: Task<T>,
  read: ReadTable,
  config: DataConfig,
): Dataset<T> {
  requireTarget(read, config);
  const { table, records, columns } = read;
  const target = task.readTarget(read, config);
  const unlabelled = table.nRows - target.rows.length;
  const distinct = distinctRows(unlabelled > 0 ? table.take(target.rows) : table, config, records.source);
  const rows = distinct.rows.map((row) => target.rows[row]);
  const y = target.y.take(distinct.rows) as T;
  const all = rows.length === table.nRows ? table : table.take(rows);
  const features = all.select(learnedNames(columns, config.columns));
  refuseNoFeature(features, records.source);
  const given: TargetRows<T> = { records: takeRecords(records, rows), features, all, y };
  const arms = config.treatment && treatmentArms(read, rows, config.treatment);
  // Outcomes of treated rows include the effect of the treatment.
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
      ...dropWarnings(config.drop, columns),
      ...columnWarnings(columns),
      ...target.warnings,
      ...leaks.map(({ message }) => message),
      ...equalRowsWarning(distinct.equal, rows.length),
    ],
    contentSha256: contentHash(learned.features, learned.y),
    ...(arms && { experiment: { ...(given as TargetRows<Target> as TargetRows), ...arms } }),
  };
}

/** Selects rows by index. */
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

/** The share of equal rows above which there is a warning; some are equal by chance. */
const MANY_EQUAL = 0.01;

function equalRowsWarning(equal: number, rows: number): string[] {
  if (equal <= MANY_EQUAL * rows) return [];
  return [
    `${equal} of ${rows} rows are equal to an earlier row and are kept; if they are copies, some test rows are also training rows: ` +
      'set data.duplicates: drop, or data.uniqueBy',
  ];
}

function refuseNoFeature({ names }: Table, source: string): void {
  if (names.length > 0) return;
  throw new ChurnError(
    'invalid-data',
    `${source}: expected at least one feature, got none: all columns are the target, IDs, constant, dropped or not declared`,
  );
}
