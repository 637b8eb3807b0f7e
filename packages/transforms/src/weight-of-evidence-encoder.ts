import {
  ChurnError,
  type ClassLabel,
  type FitTransformed,
  type FittedTransformer,
  isNumber,
  isNumberRecord,
  type Labels,
  type LabelsLike,
  log,
  numericColumn,
  Random,
  type RowStep,
  requireParameter,
  type StateReader,
  stratifiedFolds,
  type Table,
  type TableSchema,
  type Transformer,
} from '@churn/core';
import { type ColumnsOption, chosenColumns } from './chosen-columns.js';
import { compileLevels, encodeLevels, type LevelEncoding, singleEncoding } from './level-encoding.js';
import { type LevelScore, levelScores, outOfFoldScores, trainingLabels } from './level-scores.js';

export interface WeightOfEvidenceEncoderOptions extends ColumnsOption {
  /** What is added to the count of each class in a level, so that none is 0; default 1. */
  readonly regularization?: number;
  /** How many folds `fitTransform` encodes the training rows by; default 5. */
  readonly folds?: number;
  /** The seed of the random folds; default 0. */
  readonly seed?: number;
}

/** The positive class, and the weight of evidence of each level of each column. */
export type WeightOfEvidenceEncoderState = {
  readonly positive: ClassLabel;
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

/**
 * Replaces each category by its weight of evidence for the positive class (the second of the two):
 *
 * `log(((positives + r) / (all positives + 2 r)) / ((negatives + r) / (all negatives + 2 r)))`
 *
 * with `regularization` r (I. J. Good, "Probability and the weighing of evidence", 1950; the formula is that of
 * `WOEEncoder` in category_encoders). A level with a single row has weight 0, as have levels that were not there at `fit`
 * and missing values.
 *
 * `fitTransform` encodes each training row by what the rows of the *other* folds say, as `CategoryEncoder` does.
 *
 * ```ts
 * new WeightOfEvidenceEncoder().fit(train, churned).state.weights; // { Gender: { F: 0.09, M: -0.11 } }
 * ```
 */
export class WeightOfEvidenceEncoder implements Transformer<FittedWeightOfEvidenceEncoder> {
  readonly role = 'transformer';
  static readonly type = 'WeightOfEvidenceEncoder';
  readonly columns?: readonly string[];
  readonly regularization: number;
  readonly folds: number;
  readonly seed: number;

  /**
   * @param options `columns`: the columns to encode; without it all category columns.
   * @throws `invalid-parameter` where an option is not what it must be.
   */
  constructor({ columns, regularization = 1, folds = 5, seed = 0 }: WeightOfEvidenceEncoderOptions = {}) {
    const isPositive = isNumber(regularization) && regularization > 0;
    requireParameter(isPositive, 'regularization', 'a number above 0', regularization);
    requireParameter(Number.isInteger(folds) && folds >= 2, 'folds', 'a whole number from 2', folds);
    requireParameter(isNumber(seed), 'seed', 'a number', seed);
    this.columns = chosenColumns(columns);
    this.regularization = regularization;
    this.folds = folds;
    this.seed = seed;
  }

  /** @throws `model-file` where `state` is not what this class writes. */
  static restore(state: StateReader): FittedWeightOfEvidenceEncoder {
    return new FittedWeightOfEvidenceEncoder({
      positive: state.label('positive'),
      weights: state.record('weights', isNumberRecord),
    });
  }

  /**
   * Learns from all rows.
   *
   * @throws `invalid-target` where `y` is not there or not of two classes; `invalid-data` where there are no rows, or
   *   `y` has another number of them; `column-name` or `column-kind` for a column without categories.
   */
  fit(x: Table, y: LabelsLike): FittedWeightOfEvidenceEncoder {
    const labels = twoClasses(x, y);
    const names = this.columns ?? x.namesOf('category');
    const score = weightOfEvidence(this.regularization);
    return new FittedWeightOfEvidenceEncoder({
      positive: labels.classes[1],
      weights: Object.fromEntries(
        names.map((name) => [name, levelScores(x.category(name), labels, 1, score)]),
      ),
    });
  }

  /**
   * Learns from all rows, and encodes each by the rows of the other folds alone. A single row, for which there are no
   * others, is encoded as `transform` does it.
   *
   * @throws what `fit` throws.
   */
  fitTransform(x: Table, y: LabelsLike): FitTransformed<FittedWeightOfEvidenceEncoder> {
    const fitted = this.fit(x, y);
    if (x.nRows < 2) return { fitted, output: fitted.transform(x) };
    const labels = twoClasses(x, y);
    const folds = stratifiedFolds(
      labels,
      this.folds,
      new Random(this.seed).stream(WeightOfEvidenceEncoder.type),
    );
    const score = weightOfEvidence(this.regularization);
    const columns = Object.keys(fitted.state.weights).map((name) => {
      const values = outOfFoldScores(x.category(name), labels, 1, score, folds, this.folds);
      return [name, numericColumn(values)] as const;
    });
    return { fitted, output: x.with(columns) };
  }
}

/** The weights of evidence that a `WeightOfEvidenceEncoder` has learned. */
export class FittedWeightOfEvidenceEncoder implements FittedTransformer {
  readonly role = 'transformer';
  readonly type = WeightOfEvidenceEncoder.type;
  readonly #encodings: ReadonlyMap<string, LevelEncoding>;

  constructor(readonly state: WeightOfEvidenceEncoderState) {
    this.#encodings = new Map(
      Object.entries(state.weights).map(([name, weights]) => [
        name,
        singleEncoding(name, Object.entries(weights), 0, 0),
      ]),
    );
  }

  /** @throws `column-name` or `column-kind` where a column of `fit` is not there as categories. */
  transform(x: Table): Table {
    return encodeLevels(x, this.#encodings);
  }

  compileRow(schema: TableSchema): RowStep {
    return compileLevels(schema, this.#encodings);
  }

  describe(): string {
    const columns = Object.entries(this.state.weights).map(
      ([name, weights]) => `${name} (${Object.keys(weights).length} levels)`,
    );
    return `WeightOfEvidenceEncoder for ${this.state.positive}: ${columns.join(', ') || 'no columns'}`;
  }
}

function weightOfEvidence(regularization: number): LevelScore {
  return (positives, rows, all) => {
    // One row tells nothing of a level, and a column of row names would otherwise learn the labels by heart.
    if (rows <= 1) return 0;
    const ofPositives = (positives + regularization) / (all.positives + 2 * regularization);
    const ofNegatives = (rows - positives + regularization) / (all.rows - all.positives + 2 * regularization);
    return log(ofPositives / ofNegatives);
  };
}

function twoClasses(x: Table, y: LabelsLike | undefined): Labels {
  const labels = trainingLabels(WeightOfEvidenceEncoder.type, x, y);
  if (labels.classes.length !== 2) {
    const classes = labels.classes.slice(0, 10).map(String).join(', ');
    throw new ChurnError(
      'invalid-target',
      `WeightOfEvidenceEncoder learns from two classes, got ${labels.classes.length} (${classes})`,
    );
  }
  return labels;
}
