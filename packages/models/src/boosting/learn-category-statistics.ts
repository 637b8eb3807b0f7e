import { Random, type Table } from '@churn/core';
import type { Remainder } from './boosting-loss.js';
import { CategoryCells, levelsIn, MAX_CELLS } from './category-cells.js';
import { significantPairs } from './category-combinations.js';
import { categoryFolds, copyNumbers, firstCopies } from './category-folds.js';
import { cellShares, cellVariation, outOfFoldShares, overallShare, sharesOf } from './category-shares.js';
import { type CategoryStatistic, CategoryStatistics } from './category-statistics.js';

/** Which category columns become statistics. */
export interface CategorySettings {
  readonly categories: 'sets' | 'statistics' | 'auto';
  /** The maximum number of pairs of columns that become statistics. */
  readonly categoryCombinations: number;
  readonly seed: number;
}

/** The data that statistics are computed from. */
export interface CategoryRows {
  readonly x: Table;
  /** The values whose means are the statistics, one number per row for each: 1 for a row of a class and otherwise 0, or a target. */
  readonly told: readonly Float64Array[];
  readonly weights: Float64Array;
  /** The rows to train on, ascending. */
  readonly learned: Int32Array;
}

/** Fits a small model without statistics to some rows, and returns the residuals of the targets of others. */
type FirstFit = (learned: Int32Array, asked: Int32Array) => Remainder;

/** Statistics, and the columns computed with them for training trees. */
interface LearnedCategories {
  readonly statistics: CategoryStatistics;
  /** All rows: training rows have statistics of other rows, the others have those of all training rows. */
  readonly table: Table;
}

/** With `auto`, columns of more levels than these become statistics; sets of few levels are found reliably and are more informative. */
const FEW_LEVELS = 12;

/** The maximum number of rows of the preliminary fit, drawn at random. */
const MAX_ROWS = 20_000;

/** The minimum excess of the variation of cell shares over chance, in standard deviations. */
const LEAST_SIGNIFICANCE = 2;

/**
 * Computes statistics of category columns: the share of each class in each level, shrunk towards the prior (D. Micci-Barreca, "A
 * preprocessing scheme for high-cardinality categorical attributes", 2001). Training rows get out-of-fold shares, so that none sees its own
 * label. Columns whose levels differ no more than by chance are left out. Pairs of columns with interactions that trees do not find by
 * themselves become further statistics.
 *
 * @returns `undefined` if no column becomes statistics.
 */
export function learnCategoryStatistics(
  rows: CategoryRows,
  settings: CategorySettings,
  firstFit: FirstFit,
): LearnedCategories | undefined {
  const { x, learned } = rows;
  if (settings.categories === 'sets') return undefined;
  const replaced = replacedColumns(x, learned, settings.categories);
  const mayPair = settings.categoryCombinations > 0 && x.namesOf('category').length >= 2;
  if (replaced.length === 0 && !mayPair) return undefined;
  const numbers = copyNumbers(x, learned);
  const distinct = firstCopies(numbers);
  const pairs = mayPair ? combinations(rows, distinct, settings, firstFit) : [];
  if (replaced.length === 0 && pairs.length === 0) return undefined;
  const folds = categoryFolds(numbers, settings.seed);
  const common = { folds, distinct, ...learnedTargets(rows) };
  const learn = (columns: readonly string[]) =>
    learnStatistic(x, learned, CategoryCells.learn(x, columns, learned), common);
  const found = replaced.map((name) => learn([name]));
  const significant = [
    ...found.filter(({ significance }) => significance >= LEAST_SIGNIFICANCE),
    ...pairs.map(learn),
  ];
  // Trees need at least one column.
  const kept = significant.length > 0 || replaced.length < x.names.length ? significant : found.slice(0, 1);
  const statistics = new CategoryStatistics({
    schema: x.names.map((name) => ({ name, kind: x.column(name).kind })),
    replaced,
    priors: [...found, ...kept][0].priors,
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

/** The pairs of columns that become statistics, chosen by the residuals of held-out labels given a preliminary fit. */
function combinations(
  { x, learned }: CategoryRows,
  distinct: Int32Array,
  { categoryCombinations, seed }: CategorySettings,
  firstFit: FirstFit,
): (readonly [string, string])[] {
  if (distinct.length < 2) return [];
  const drawn = new Random(seed, 'category combinations').permutation(distinct.length).subarray(0, MAX_ROWS);
  const middle = drawn.length >> 1;
  const [one, other] = [drawn.subarray(0, middle), drawn.subarray(middle)].map((half) =>
    half.map((i) => learned[distinct[i]]).sort(),
  );
  const [ofOne, ofOther] = [firstFit(other, one), firstFit(one, other)];
  const joined = (of: keyof Remainder) =>
    ofOne[of].map((values, k) => Float64Array.from([...values, ...ofOther[of][k]]));
  const left = {
    rows: Int32Array.from([...one, ...other]),
    gradients: joined('gradients'),
    curvatures: joined('curvatures'),
  };
  const nDigits = (name: string) => levelsIn(x, name, learned).length + 1;
  return significantPairs(x, left, categoryCombinations).filter(
    ([a, b]) => nDigits(a) * nDigits(b) <= MAX_CELLS,
  );
}

function replacedColumns(
  x: Table,
  learned: Int32Array,
  categories: CategorySettings['categories'],
): string[] {
  const names = x.namesOf('category');
  return categories === 'statistics'
    ? names
    : names.filter((name) => levelsIn(x, name, learned).length > FEW_LEVELS);
}

interface LearnedStatistic {
  readonly statistic: CategoryStatistic;
  readonly priors: readonly number[];
  readonly significance: number;
  /** The shares of each row, one array per class. */
  readonly columns: readonly Float64Array[];
}

/** The training rows of `CategoryRows`. */
type LearnedTargets = Pick<CategoryRows, 'told' | 'weights'>;

/** The data of the training rows that all statistics share. */
interface LearnedRows extends LearnedTargets {
  readonly folds: Int32Array;
  /** The indices of rows that are not copies of others. */
  readonly distinct: Int32Array;
}

function learnedTargets({ told, weights, learned }: CategoryRows): LearnedTargets {
  const ofLearned = (values: Float64Array) => Float64Array.from(learned, (row) => values[row]);
  return { told: told.map(ofLearned), weights: ofLearned(weights) };
}

function learnStatistic(
  x: Table,
  learned: Int32Array,
  cells: CategoryCells,
  { folds, distinct, weights, told }: LearnedRows,
): LearnedStatistic {
  const places = cells.places(x);
  const placesLearned = learned.map((row) => places[row]);
  const placesDistinct = distinct.map((i) => placesLearned[i]);
  const nCells = cells.length;
  const ones = new Float64Array(distinct.length).fill(1);
  const found = told.map((values) => {
    const rows = { cells: placesLearned, nCells, values, weights };
    // Copies and weights do not count as evidence in the test for chance.
    const { smoothing, significance } = cellVariation({
      ...rows,
      cells: placesDistinct,
      values: Float64Array.from(distinct, (i) => values[i]),
      weights: ones,
    });
    const prior = overallShare(rows);
    const shares = cellShares(rows, prior, smoothing);
    const column = sharesOf(places, shares, prior);
    const outOfFold = outOfFoldShares(rows, folds, prior, smoothing);
    for (let i = 0; i < learned.length; i++) column[learned[i]] = outOfFold[i];
    return { prior, significance, shares, column };
  });
  return {
    statistic: { cells, shares: found.map(({ shares }) => shares) },
    priors: found.map(({ prior }) => prior),
    significance: Math.max(...found.map(({ significance }) => significance)),
    columns: found.map(({ column }) => column),
  };
}
