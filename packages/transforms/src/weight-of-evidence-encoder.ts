import {
  ChurnError,
  type ClassLabel,
  integerParameter,
  isNumberRecord,
  type Labels,
  type LabelsLike,
  log,
  numberParameter,
  numericColumn,
  type OptionsOf,
  Random,
  stratifiedFolds,
  type Table,
  withDefault,
} from '@churn/core';
import { columnNames } from './chosen-columns.js';
import { encodingByNumber, levelCountsText } from './level-encoding.js';
import { type LevelScore, levelScores, outOfFoldScores, trainingLabels } from './level-scores.js';
import { mapValues } from './map-values.js';
import { type FittedBy, supervisedTransformer } from './transformer.js';

const parameters = {
  /** The columns to encode; default all category columns. */
  columns: columnNames(),
  /** The number added to each class count of a level, so that none is 0; default 1. */
  regularization: withDefault(numberParameter({ above: 0 }), 1),
  /** The number of folds by which `fitTransform` encodes the training rows; default 5. */
  folds: withDefault(integerParameter({ from: 2 }), 5),
  /** The seed of the random folds; default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type WeightOfEvidenceEncoderOptions = OptionsOf<typeof parameters>;

/** The positive class, and the weight of evidence of each level of each column. */
export type WeightOfEvidenceEncoderState = {
  readonly positive: ClassLabel;
  readonly weights: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const TYPE = 'WeightOfEvidenceEncoder';

/**
 * Replaces each category by its weight of evidence for the positive class (the second of the two):
 *
 * `log(((positives + r) / (all positives + 2 r)) / ((negatives + r) / (all negatives + 2 r)))`
 *
 * with `regularization` r (I. J. Good, "Probability and the weighing of evidence", 1950; the formula is that of `WOEEncoder` in
 * category_encoders). A level with a single row has weight 0, as have levels not seen at `fit` and missing values.
 *
 * `fitTransform` encodes each training row from the rows of the *other* folds, as `CategoryEncoder` does.
 *
 * ```ts
 * new WeightOfEvidenceEncoder().fit(train, churned).state.weights; // { Gender: { F: 0.09, M: -0.11 } }
 * ```
 */
export class WeightOfEvidenceEncoder extends supervisedTransformer({
  type: TYPE,
  parameters,
  learn(x, { columns = x.namesOf('category'), regularization }, y): WeightOfEvidenceEncoderState {
    const labels = twoClasses(x, y);
    const score = weightOfEvidence(regularization);
    const weights = columns.map((name) => [name, levelScores(x.category(name), labels, 1, score)]);
    return { positive: labels.classes[1], weights: Object.fromEntries(weights) };
  },
  outOfFold(x, { regularization, folds: nFolds, seed }, y, { weights }) {
    const labels = twoClasses(x, y);
    const folds = stratifiedFolds(labels, nFolds, new Random(seed).stream(TYPE));
    const score = weightOfEvidence(regularization);
    const columns = Object.keys(weights).map((name) => {
      const values = outOfFoldScores(x.category(name), labels, 1, score, folds, nFolds);
      return [name, numericColumn(values)] as const;
    });
    return x.with(columns);
  },
  restore: (state) => ({
    positive: state.label('positive'),
    weights: state.record('weights', isNumberRecord),
  }),
  apply: ({ weights }) => encodingByNumber(mapValues(weights, Object.entries<number>), 0, 0),
  describe: ({ positive, weights }) => `${levelCountsText(weights)}; for ${positive}`,
}) {}

/** The weights of evidence that a `WeightOfEvidenceEncoder` has learned. */
export type FittedWeightOfEvidenceEncoder = FittedBy<typeof WeightOfEvidenceEncoder>;

function weightOfEvidence(regularization: number): LevelScore {
  return (positives, rows, all) => {
    // One row says nothing about a level, and a column of IDs would otherwise memorise the labels.
    if (rows <= 1) return 0;
    const ofPositives = (positives + regularization) / (all.positives + 2 * regularization);
    const ofNegatives = (rows - positives + regularization) / (all.rows - all.positives + 2 * regularization);
    return log(ofPositives / ofNegatives);
  };
}

function twoClasses(x: Table, y: LabelsLike | undefined): Labels {
  const labels = trainingLabels(TYPE, x, y);
  if (labels.classes.length !== 2) {
    const classes = labels.classes.slice(0, 10).map(String).join(', ');
    throw new ChurnError(
      'invalid-target',
      `${TYPE} expects two classes, got ${labels.classes.length} (${classes})`,
    );
  }
  return labels;
}
