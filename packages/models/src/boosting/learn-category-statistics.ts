import type { Table } from '@churn/core';
import { CategoryCells } from './category-cells.js';
import { categoryFolds } from './category-folds.js';
import { cellShares, cellVariation, outOfFoldShares, sharesOf } from './category-shares.js';
import { type CategoryStatistic, CategoryStatistics } from './category-statistics.js';

/** Which category columns become statistics. */
export interface CategorySettings {
  readonly categories: 'sets' | 'statistics' | 'auto';
  readonly seed: number;
}

/** What statistics are learned from. */
export interface CategoryRows {
  readonly x: Table;
  /** The class of each row, and its weight. */
  readonly targets: Int32Array;
  readonly weights: Float64Array;
  /** The rows to learn from, rising. */
  readonly learned: Int32Array;
  /** How many scores a model has: one tells the second of two classes, otherwise there is one a class. */
  readonly nScores: number;
}

/** Statistics, and the columns that trees are to learn from by them. */
interface LearnedCategories {
  readonly statistics: CategoryStatistics;
  /** All rows: those learned from have statistics of other rows, the others those of all rows learned from. */
  readonly table: Table;
}

/** With `auto`, columns of more levels than these become statistics: sets of few levels are found reliably, and tell more. */
const FEW_LEVELS = 12;

/** The shares of cells have to differ this much more than chance would have them, in standard deviations. */
const LEAST_SIGNIFICANCE = 2;

/**
 * Learns statistics of category columns: the share of each class in each level, drawn to the prior (D. Micci-Barreca, "A preprocessing
 * scheme for high-cardinality categorical attributes", 2001). The rows learned from get shares out of fold, so that none sees its own
 * label. Columns whose levels differ no more than chance would have them are left out.
 *
 * @returns nothing where no column is to become statistics.
 */
export function learnCategoryStatistics(
  rows: CategoryRows,
  settings: CategorySettings,
): LearnedCategories | undefined {
  const { x, learned } = rows;
  const replaced = replacedColumns(x, learned, settings.categories);
  if (replaced.length === 0) return undefined;
  const common = learnedRows(rows, settings.seed);
  const found = replaced
    .map((name) => CategoryCells.learn(x, [name], learned))
    .filter((cells) => cells !== undefined)
    .map((cells) => learnStatistic(x, learned, cells, common));
  const significant = found.filter(({ significance }) => significance >= LEAST_SIGNIFICANCE);
  // Trees need a column to look at.
  const kept = significant.length > 0 || replaced.length < x.names.length ? significant : found.slice(0, 1);
  const statistics = new CategoryStatistics({
    schema: x.names.map((name) => ({ name, kind: x.column(name).kind })),
    replaced,
    priors: found[0].priors,
    statistics: kept.map(({ statistic }) => statistic),
  });
  return {
    statistics,
    table: statistics.withShares(
      x,
      kept.flatMap(({ columns }) => columns),
    ),
  };
}

function replacedColumns(
  x: Table,
  learned: Int32Array,
  categories: CategorySettings['categories'],
): string[] {
  if (categories === 'sets') return [];
  const names = x.namesOf('category');
  return categories === 'statistics' ? names : names.filter((name) => nLevels(x, name, learned) > FEW_LEVELS);
}

function nLevels(x: Table, name: string, rows: Int32Array): number {
  const { codes, levels } = x.category(name);
  const isPresent = new Uint8Array(levels.length);
  for (const row of rows) if (codes[row] >= 0) isPresent[codes[row]] = 1;
  return isPresent.reduce((sum, one) => sum + one, 0);
}

interface LearnedStatistic {
  readonly statistic: CategoryStatistic;
  readonly priors: readonly number[];
  readonly significance: number;
  /** The shares of each row, an array a class. */
  readonly columns: readonly Float64Array[];
}

/** What all statistics have in common, of the rows learned from. */
interface LearnedRows {
  readonly folds: Int32Array;
  readonly weights: Float64Array;
  /** For each class that is told, 1 for a row of it. */
  readonly isTarget: readonly Uint8Array[];
}

function learnedRows({ x, targets, weights, learned, nScores }: CategoryRows, seed: number): LearnedRows {
  const taken = new Float64Array(learned.length);
  const isTarget = Array.from({ length: nScores }, () => new Uint8Array(learned.length));
  for (let i = 0; i < learned.length; i++) {
    const target = targets[learned[i]];
    taken[i] = weights[learned[i]];
    if (nScores > 1) isTarget[target][i] = 1;
    else isTarget[0][i] = target;
  }
  return { folds: categoryFolds(x, learned, seed), weights: taken, isTarget };
}

function learnStatistic(
  x: Table,
  learned: Int32Array,
  cells: CategoryCells,
  { folds, weights, isTarget }: LearnedRows,
): LearnedStatistic {
  const places = cells.places(x);
  const placesLearned = learned.map((row) => places[row]);
  const told = isTarget.map((isEach) => {
    const rows = { cells: placesLearned, nCells: cells.length, weights, isTarget: isEach };
    const variation = cellVariation(rows);
    const shares = cellShares(rows, variation);
    const column = sharesOf(places, shares, variation.prior);
    const outOfFold = outOfFoldShares(rows, folds, variation);
    for (let i = 0; i < learned.length; i++) column[learned[i]] = outOfFold[i];
    return { variation, shares, column };
  });
  return {
    statistic: { cells, shares: told.map(({ shares }) => shares) },
    priors: told.map(({ variation }) => variation.prior),
    significance: Math.max(...told.map(({ variation }) => variation.significance)),
    columns: told.map(({ column }) => column),
  };
}
