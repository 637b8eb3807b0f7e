import {
  type Amounts,
  ChurnError,
  eitherOf,
  fitThenTransform,
  type Labels,
  type OptionsOf,
  oneOf,
  readOptions,
  requireTargetPerRow,
  type SettingsOf,
  type StateReader,
  square,
  type Table,
  type Target,
  type TargetLike,
  type Transformer,
  targetFor,
  wholeNumberParameter,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { candidates, FittedFeatureSelection, restoreSelection, selection } from './feature-selection.js';

const parameters = {
  /** The columns to look at; without it all numeric ones. */
  columns: columnNames(),
  /** How many columns stay, or `'all'`. Default 10. */
  k: withDefault(eitherOf(wholeNumberParameter({ from: 1 }), oneOf(['all'])), 10),
  /**
   * What a column is scored by: `'f'` (default), the F statistic of its means in the classes (scikit-learn's `f_classif`), or of its
   * correlation with amounts (`f_regression`); `'chi2'`, the chi-squared statistic of counts and classes.
   */
  score: withDefault(oneOf(['f', 'chi2']), 'f'),
};

export type SelectKBestOptions = OptionsOf<typeof parameters>;

/**
 * Keeps the numeric columns that each alone say most about the target, and drops the others it looked at. Of equal scores the
 * column that comes first stays. Missing values are passed over.
 *
 * ```ts
 * new SelectKBest({ k: 2 }).fitTransform(train, churned).output.names;
 * ```
 */
export class SelectKBest implements Transformer<FittedFeatureSelection> {
  readonly role = 'transformer';
  static readonly type = 'SelectKBest';
  static readonly parameters = parameters;
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the option. */
  constructor(options: SelectKBestOptions = {}) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedFeatureSelection {
    return restoreSelection(SelectKBest.type, state);
  }

  /**
   * @throws `invalid-target` where there is none, or chi2 is asked for amounts; `column-name` or `column-kind` where a column is not
   *   there as numbers; `invalid-data` where there are no columns, `y` is not one a row, or chi2 meets a number below 0.
   */
  fit(x: Table, y: TargetLike): FittedFeatureSelection {
    const target = targetFor('transformer', y);
    if (!target)
      throw new ChurnError('invalid-target', 'SelectKBest: expected a target to select by, got none');
    requireTargetPerRow(x, target);
    const { k, score } = this.options;
    const names = candidates(x, this.options.columns);
    const scores = names.map((name) => scoreOf(score, name, x.numeric(name), target));
    const order = names.map((_, j) => j).sort((a, b) => rank(scores[b]) - rank(scores[a]) || a - b);
    const best = new Set(k === 'all' ? order : order.slice(0, k));
    const state = selection(names, scores, (j) => best.has(j));
    return new FittedFeatureSelection(SelectKBest.type, state);
  }

  fitTransform(x: Table, y: TargetLike) {
    return fitThenTransform(this, x, y);
  }
}

/** A column that cannot be scored comes last. */
function rank(score: number): number {
  return Number.isNaN(score) ? -Infinity : score;
}

function scoreOf(score: 'f' | 'chi2', name: string, values: Float64Array, target: Target): number {
  if (target.kind === 'amounts') {
    if (score === 'f') return correlationF(values, target);
    throw new ChurnError('invalid-target', "score: 'chi2' expects labels of classes, got amounts");
  }
  if (score === 'f') return varianceF(values, target);
  const row = values.findIndex((value) => value < 0);
  if (row < 0) return chiSquared(values, target);
  throw new ChurnError(
    'invalid-data',
    `column "${name}", row ${row}: chi2 expects numbers from 0, got ${values[row]}`,
  );
}

/** The F statistic of a one-way analysis of variance (Fisher, 1925): variance between the classes over that within them. */
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

/** The F statistic of a straight line through a column and amounts: `r^2 / (1 - r^2) (n - 2)`. */
function correlationF(values: Float64Array, { values: amounts }: Amounts): number {
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  const n = rows.length;
  const meanX = rows.reduce((sum, row) => sum + values[row], 0) / n;
  const meanY = rows.reduce((sum, row) => sum + amounts[row], 0) / n;
  let [xx, yy, xy] = [0, 0, 0];
  for (const row of rows) {
    const [dx, dy] = [values[row] - meanX, amounts[row] - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const shared = (xy * xy) / (xx * yy);
  return (shared / (1 - shared)) * (n - 2);
}

/** How far the sums of a column in the classes are from what the shares of the classes let expect (Pearson, 1900). */
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
