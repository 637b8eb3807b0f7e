import {
  ChurnError,
  countMissing,
  eitherOf,
  integerParameter,
  type Labels,
  numericColumn,
  type OptionsOf,
  oneOf,
  requireTargetPerRow,
  square,
  type Target,
  type TargetLike,
  type TargetValues,
  targetFor,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, type FeatureSelectionState, selecting, selection } from './feature-selection.js';
import { correlation } from './statistics/correlation.js';
import { type FittedBy, supervisedTransformer } from './transformer.js';

const parameters = {
  /** The columns to consider; default all numeric columns. */
  columns: columnNames(),
  /** The number of columns to keep, or `'all'`. Default 10. */
  k: withDefault(eitherOf(integerParameter({ from: 1 }), oneOf(['all'])), 10),
  /**
   * The score of a column: `'f'` (default), the F statistic of its class means (scikit-learn's `f_classif`), or of its correlation with a
   * numeric target (`f_regression`); `'chi2'`, the chi-squared statistic of counts and classes.
   */
  score: withDefault(oneOf(['f', 'chi2']), 'f'),
};

export type SelectKBestOptions = OptionsOf<typeof parameters>;

/**
 * Keeps the numeric columns that are individually most informative about the target, and drops the others considered. Of equal scores,
 * the first column is kept. Missing values are ignored.
 *
 * ```ts
 * new SelectKBest({ k: 2 }).fitTransform(train, churned).output.names;
 * ```
 */
export class SelectKBest extends supervisedTransformer({
  type: 'SelectKBest',
  parameters,
  learn(x, { columns, k, score }, y: TargetLike): FeatureSelectionState {
    const target = targetFor('transformer', y);
    if (!target)
      throw new ChurnError('invalid-target', 'SelectKBest: expected a target to select by, got none');
    requireTargetPerRow(x, target);
    const names = candidates(x, columns);
    const scores = names.map((name) => scoreOf(score, name, x.numeric(name), target));
    const order = names.map((_, j) => j).sort((a, b) => rank(scores[b]) - rank(scores[a]) || a - b);
    const best = new Set(k === 'all' ? order : order.slice(0, k));
    return selection(names, scores, (j) => best.has(j));
  },
  ...selecting,
}) {}

/** A fitted `SelectKBest`. */
export type FittedSelectKBest = FittedBy<typeof SelectKBest>;

/** A column that cannot be scored ranks last. */
function rank(score: number): number {
  return Number.isNaN(score) ? -Infinity : score;
}

function scoreOf(score: 'f' | 'chi2', name: string, values: Float64Array, target: Target): number {
  if (target.kind === 'values') {
    if (score === 'f') return correlationF(values, target);
    throw new ChurnError('invalid-target', "score: 'chi2' expects class labels, got a numeric target");
  }
  if (target.kind === 'durations')
    throw new ChurnError(
      'invalid-target',
      'SelectKBest expects class labels or target values, got durations',
    );
  if (score === 'f') return varianceF(values, target);
  const row = values.findIndex((value) => value < 0);
  if (row < 0) return chiSquared(values, target);
  throw new ChurnError(
    'invalid-data',
    `column "${name}", row ${row}: chi2 expects numbers of at least 0, got ${values[row]}`,
  );
}

/** The F statistic of a one-way analysis of variance (Fisher, 1925): the variance between the classes divided by that within them. */
function varianceF(values: Float64Array, labels: Labels): number {
  const groups = labels.classes.map((_, code) =>
    values.filter((value, row) => labels.codes[row] === code && !Number.isNaN(value)),
  );
  const present = groups.filter(({ length }) => length > 0);
  const n = present.reduce((sum, { length }) => sum + length, 0);
  const mean = present.reduce((sum, group) => sum + total(group), 0) / n;
  let [between, within] = [0, 0];
  for (const group of present) {
    const ofGroup = total(group) / group.length;
    between += group.length * square(ofGroup - mean);
    for (const value of group) within += square(value - ofGroup);
  }
  return between / (present.length - 1) / (within / (n - present.length));
}

/** The F statistic of a straight line through a column and a numeric target: `r^2 / (1 - r^2) (n - 2)`. */
function correlationF(values: Float64Array, { values: amounts }: TargetValues): number {
  const n = values.length - countMissing(numericColumn(values));
  const shared = square(correlation(values, amounts) ?? NaN);
  return (shared / (1 - shared)) * (n - 2);
}

/** The chi-squared statistic: how far the sums of a column by class are from those expected from the class shares (Pearson, 1900). */
function chiSquared(values: Float64Array, labels: Labels): number {
  const sums = new Float64Array(labels.classes.length);
  const counts = new Float64Array(labels.classes.length);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    sums[labels.codes[row]] += value;
    counts[labels.codes[row]]++;
  });
  const [all, n] = [total(sums), total(counts)];
  let statistic = 0;
  for (let code = 0; code < sums.length; code++) {
    const expected = (all * counts[code]) / n;
    if (counts[code] > 0) statistic += square(sums[code] - expected) / expected;
  }
  return statistic;
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
