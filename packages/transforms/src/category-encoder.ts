import {
  ChurnError,
  type ClassLabel,
  type FitTransformed,
  type FittedTransformer,
  isClassLabel,
  isNumber,
  isNumberRecord,
  Labels,
  type LabelsLike,
  Random,
  type StateReader,
  stratifiedFolds,
  type Table,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { levelRatios, outOfFoldEncoding, shareOfPositives } from './level-ratios.js';
import { requireParameter } from './parameter.js';

export interface CategoryEncoderOptions extends ColumnsOption {
  /** The weight of the overall share in that of a level, in rows; default 0. */
  readonly smoothing?: number;
  /** How many folds `fitTransform` encodes the training rows by; default 5. */
  readonly folds?: number;
  /** The seed of the random folds; default 0. */
  readonly seed?: number;
}

/** The share of the positive class: overall (`prior`), and of each level of each column. */
export type CategoryEncoderState = {
  readonly positive: ClassLabel;
  readonly prior: number;
  readonly ratios: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * Replaces each category by the share of the positive class (the second of the two) among its rows: target encoding.
 * The numeric column has the name and the place of the category column.
 *
 * With `smoothing` m, a level of n rows is `(n ratio + m prior) / (n + m)`, where the prior is the share over all rows
 * (D. Micci-Barreca, "A preprocessing scheme for high-cardinality categorical attributes", 2001).
 * Levels that were not there at `fit` and missing values are encoded by the prior.
 *
 * `fitTransform` encodes each training row by what the rows of the *other* folds say, so that no row sees its own label;
 * a level that is absent there is encoded by their prior. Use it for the rows a model is trained on (a `Pipeline`
 * does), for otherwise the labels leak into the features.
 *
 * ```ts
 * const { fitted, output } = new CategoryEncoder({ columns: ['Gender'] }).fitTransform(train, churned);
 * fitted.state.ratios; // { Gender: { F: 0.176, M: 0.143 } }
 * ```
 */
export class CategoryEncoder implements Transformer<FittedCategoryEncoder> {
  static readonly type = 'CategoryEncoder';
  readonly columns?: readonly string[];
  readonly smoothing: number;
  readonly folds: number;
  readonly seed: number;

  /**
   * @param options.columns the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, smoothing = 0, folds = 5, seed = 0 }: CategoryEncoderOptions = {}) {
    requireParameter(isNumber(smoothing) && smoothing >= 0, 'smoothing', 'a number from 0', smoothing);
    requireParameter(Number.isInteger(folds) && folds >= 2, 'folds', 'a whole number from 2', folds);
    requireParameter(isNumber(seed), 'seed', 'a number', seed);
    this.columns = chosenColumns(columns);
    this.smoothing = smoothing;
    this.folds = folds;
    this.seed = seed;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedCategoryEncoder {
    const positive = state.get('positive');
    if (!isClassLabel(positive)) {
      throw new ChurnError('model-file', 'CategoryEncoder: expected "positive" to be a class label');
    }
    return new FittedCategoryEncoder({
      positive,
      prior: state.number('prior'),
      ratios: state.record('ratios', isNumberRecord),
    });
  }

  /**
   * Learns from all rows.
   *
   * @throws `invalid-labels` where `y` is not there or not of two classes; `invalid-data` where there are no rows, or
   *   `y` has another number of them; `column-name` or `column-kind` for a column without categories.
   */
  fit(x: Table, y: LabelsLike): FittedCategoryEncoder {
    const labels = twoClasses(x, y);
    const prior = shareOfPositives(labels);
    const names = this.columns ?? x.namesOf('category');
    const ratios = names.map((name) => [name, levelRatios(x.category(name), labels, prior, this.smoothing)]);
    return new FittedCategoryEncoder({
      positive: labels.classes[1],
      prior,
      ratios: Object.fromEntries(ratios),
    });
  }

  /**
   * Learns from all rows, and encodes each by the rows of the other folds alone. A single row, for which there are no
   * others, is encoded as `transform` does it.
   *
   * @throws what `fit` throws.
   */
  fitTransform(x: Table, y: LabelsLike): FitTransformed<FittedCategoryEncoder> {
    const fitted = this.fit(x, y);
    if (x.nRows < 2) return { fitted, output: fitted.transform(x) };
    const labels = Labels.from(y);
    const random = new Random(this.seed).stream('CategoryEncoder');
    const folds = stratifiedFolds(labels, this.folds, random);
    const encode = outOfFoldEncoding(labels, folds, this.folds, this.smoothing);
    const columns = Object.keys(fitted.state.ratios).map((name) => [name, encode(x.category(name))] as const);
    return { fitted, output: x.with(columns) };
  }
}

/** The shares that a `CategoryEncoder` has learned. */
export class FittedCategoryEncoder implements FittedTransformer {
  readonly type = CategoryEncoder.type;

  constructor(readonly state: CategoryEncoderState) {}

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    const { prior, ratios } = this.state;
    return x.with(
      Object.entries(ratios).map(([name, ratioOf]) => {
        const { codes, levels } = x.category(name);
        const shares = levels.map((level) => (Object.hasOwn(ratioOf, level) ? ratioOf[level] : prior));
        const values = new Float64Array(codes.length);
        for (let row = 0; row < codes.length; row++) {
          values[row] = codes[row] < 0 ? prior : shares[codes[row]];
        }
        return [name, values] as const;
      }),
    );
  }
}

function twoClasses(x: Table, y: LabelsLike | undefined): Labels {
  if (y === undefined) {
    throw new ChurnError('invalid-labels', 'CategoryEncoder learns from labels: expected y, got none');
  }
  const labels = Labels.from(y);
  if (x.nRows === 0)
    throw new ChurnError('invalid-data', 'CategoryEncoder: the table has no rows to learn from');
  if (labels.length !== x.nRows) {
    throw new ChurnError('invalid-data', `the table has ${x.nRows} rows, but ${labels.length} labels came`);
  }
  if (labels.classes.length !== 2) {
    const classes = labels.classes.slice(0, 10).map(String).join(', ');
    throw new ChurnError(
      'invalid-labels',
      `CategoryEncoder learns from two classes, got ${labels.classes.length} (${classes})`,
    );
  }
  return labels;
}
