import { type LabelsLike, requireParameter, type Table, type TargetValues } from '@churn/core';
import { associationMatrix } from './association-matrix.js';
import { type ColumnProfile, categoryProfile, numericProfile } from './column-profile.js';
import { correlationMatrix } from './correlation-matrix.js';
import { type CountedLevels, correlationRatios } from './correlation-ratio.js';
import { countDuplicateRows } from './count-duplicate-rows.js';
import { type DistinctValues, distinctValues } from './distinct-values.js';
import type { NamedTarget } from './profile-target.js';
import type { NamedTargetValues } from './profile-values.js';
import { readTarget } from './related-target.js';
import { sampledRows } from './sampled-rows.js';
import type { ClassTargetProfile, TableProfile, ValueTargetProfile } from './table-profile.js';
import { profileWarnings } from './warnings.js';

export type { NamedTarget } from './profile-target.js';
export type { NamedTargetValues } from './profile-values.js';

/** The accepted targets of classes. */
export type ClassTargetLike = LabelsLike | NamedTarget;
export type ValueTargetLike = TargetValues | NamedTargetValues;

/** The options of `profile`. */
export interface ProfileOptions<T = ClassTargetLike | ValueTargetLike> {
  /**
   * The target to relate each column to: labels of two classes, of which the second is the positive one
   * unless another is named, or target values. A column of its name is left out.
   */
  readonly target?: T;
  /** The maximum number of columns, the first ones. Default 1000. */
  readonly maxColumns?: number;
  /** The maximum numbers of numeric and of category columns to correlate. Default 50. */
  readonly maxCorrelated?: number;
  /** The maximum number of listed levels; columns with more than five times as many are not correlated. Default 20. */
  readonly maxLevels?: number;
  /** The maximum number of histogram bins. Default 100. */
  readonly maxBins?: number;
  /** The maximum number of rows; a longer table is sampled at random. Default 2,000,000. */
  readonly sampleRows?: number;
  /** The seed of the sample. Default 0. */
  readonly seed?: number;
}

/**
 * Profiles a table: summaries of each column, correlations, relations to the target, and warnings. The result is plain JSON of bounded
 * size.
 *
 * ```ts
 * const { columns, warnings } = profile(table, { target: churned });
 * ```
 *
 * For labels, `target` holds positive rates and how well each column ranks the classes; for a numeric target, correlations, the share of
 * the variance that a column explains, means and boxes:
 *
 * ```ts
 * const { target } = profile(table, { target: { name: 'value', values: y } });
 * ```
 *
 * @throws `invalid-parameter`, naming the option; `invalid-target` unless the target has rows of two classes, or values that differ;
 * `invalid-data` if it has not one value per row.
 */
export function profile(
  x: Table,
  options?: ProfileOptions<ClassTargetLike>,
): TableProfile<ClassTargetProfile>;
export function profile(x: Table, options: ProfileOptions<ValueTargetLike>): TableProfile<ValueTargetProfile>;
export function profile(x: Table, options?: ProfileOptions): TableProfile;
export function profile(x: Table, options: ProfileOptions = {}): TableProfile {
  const { maxColumns = 1000, maxCorrelated = 50, maxLevels = 20, maxBins = 100 } = options;
  const { sampleRows = 2_000_000, seed = 0 } = options;
  for (const [name, value] of Object.entries({ maxColumns, maxCorrelated, maxLevels, maxBins, sampleRows })) {
    requireParameter(Number.isInteger(value) && value >= 1, name, 'an integer of at least 1 up', value);
  }
  requireParameter(Number.isFinite(seed), 'seed', 'a number', seed);
  const target = options.target === undefined ? undefined : readTarget(x, options.target);
  const isSampled = x.nRows > sampleRows;
  let table = target?.name == null ? x : x.drop([target.name]);
  const rows = isSampled ? sampledRows(x.nRows, sampleRows, seed) : undefined;
  if (rows) table = table.take(rows);
  const related = target?.related(rows);

  const columns: ColumnProfile[] = [];
  const numbers: { name: string; column: DistinctValues }[] = [];
  const categories: ({ name: string } & CountedLevels)[] = [];
  const names = table.names.slice(0, maxColumns);
  for (const name of names) {
    const column = table.column(name);
    if (column.kind === 'numeric') {
      const distinct = distinctValues(column.values);
      columns.push(numericProfile(name, distinct, maxBins));
      related?.addNumeric(name, distinct);
      if (numbers.length < maxCorrelated) numbers.push({ name, column: distinct });
    } else {
      const counts = countsOf(column.codes, column.levels.length);
      const figures = categoryProfile(name, column, counts, maxLevels);
      columns.push(figures);
      related?.addCategory(name, column, counts, maxLevels);
      if (categories.length < maxCorrelated && counts.length <= 5 * maxLevels) {
        categories.push({ name, codes: column.codes, counts });
      }
    }
  }
  const numberNames = numbers.map(({ name }) => name);
  const categoryNames = categories.map(({ name }) => name);
  const distinct = numbers.map(({ column }) => column);
  const ratios = distinct.map((column) => correlationRatios(categories, column));
  const figures = {
    rows: x.nRows,
    profiledRows: table.nRows,
    isSampled,
    seed,
    omittedColumns: table.names.length - names.length,
    duplicateRows: countDuplicateRows(table),
    columns,
    correlations: {
      pearson: { columns: numberNames, values: correlationMatrix(distinct, 'pearson') },
      spearman: { columns: numberNames, values: correlationMatrix(distinct, 'spearman') },
      cramersV: { columns: categoryNames, values: associationMatrix(categories) },
      correlationRatio: {
        categories: categoryNames,
        numbers: numberNames,
        values: categoryNames.map((_, i) => ratios.map((ofColumn) => ofColumn[i])),
      },
      omittedColumns: columns.length - numbers.length - categories.length,
    },
    target: related?.profile(maxBins) ?? null,
  };
  const leaks = related?.leaks(table.select(names), seed) ?? [];
  return { ...figures, warnings: profileWarnings(figures, leaks) };
}

/** How many rows each level has. */
function countsOf(codes: Int32Array, nLevels: number): Int32Array {
  const counts = new Int32Array(nLevels);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) counts[codes[row]]++;
  return counts;
}
