import {
  ChurnError,
  type FittedClassifier,
  type FittedModel,
  integerParameter,
  Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  Random,
  readOptions,
  requireParameter,
  requireTargetPerRow,
  type Table,
  type Target,
  type TargetLike,
  takeRows,
  targetFor,
  withDefault,
} from '@churn/core';
import { mean, standardDeviation } from 'simple-statistics';
import { crossValScoreParameters } from './cross-val-options.js';
import { predictionsOf } from './model.js';
import { improvement } from './scorer.js';
import { scorerOf } from './scoring.js';
import { askedTimes } from './survival-scorer.js';
import { type TableLike, tableOf } from './table-like.js';

const parameters = {
  /**
   * A scorer or its name. Default `rocAuc` for classes, `r2` for regression and `concordance` for durations.
   */
  scoring: crossValScoreParameters.scoring,
  /** The weight of each row in the scores. Default 1 for each. */
  sampleWeight: crossValScoreParameters.sampleWeight,
  /** The number of permutations of each column. Default 5. */
  nRepeats: withDefault(integerParameter({ from: 1 }), 5),
  /** The seed of the permutations. Default 0. */
  seed: withDefault(numberParameter(), 0),
};

export type PermutationImportanceOptions = OptionsOf<typeof parameters>;

/** The permutation importance of a column. */
export interface PermutationImportance {
  readonly feature: string;
  /** The mean of the drops. */
  readonly mean: number;
  /** Their standard deviation (divisor n, as in NumPy). */
  readonly std: number;
  /** By how much the score got worse in each permutation; for a loss, by how much it rose. */
  readonly drops: readonly number[];
}

/**
 * Permutation feature importance: by how much the score of a model falls when the values of a column are shuffled (Breiman, "Random
 * Forests", 2001; scikit-learn's `permutation_importance`).
 *
 * Use rows that the model was not fitted on. Redundant columns each seem unimportant. A pipeline is measured by its raw columns. The
 * permutations of a column depend only on the seed and its name, not on other columns.
 *
 * ```ts
 * permutationImportance(model, test, churned, { scoring: 'averagePrecision' });
 * ```
 *
 * @returns one per column, in the order of `model.features`.
 * @throws `invalid-parameter` if the model is not fitted, an option is invalid, or a score is not a finite number; `invalid-target` if a
 * label is not a class of the model; `invalid-data` if `y` is not one per row, or there are no rows; and the errors of the model.
 */
export function permutationImportance(
  model: FittedModel,
  rows: TableLike,
  y: TargetLike,
  options?: PermutationImportanceOptions,
): PermutationImportance[] {
  const { scoring, sampleWeight, nRepeats, seed } = readOptions(parameters, options);
  requireFittedModel(model);
  const x = tableOf(rows);
  const target = askedTarget(model, y);
  requireTargetPerRow(x, target);
  if (x.nRows === 0) throw new ChurnError('invalid-data', 'permutationImportance: the table has no rows');
  const scorer = scorerOf<Target>(scoring, target);
  const times = askedTimes([scorer]);
  const score = (table: Table) => {
    const value = scorer.score(
      target,
      predictionsOf(model, table, target, times),
      sampleWeight && { sampleWeight },
    );
    requireParameter(Number.isFinite(value), 'scoring', 'a scorer that gives a finite number', value);
    return value;
  };
  const whole = score(x);
  const random = new Random(seed).stream('permutationImportance');
  return model.features.map((feature) => {
    const column = x.column(feature);
    const stream = random.stream(feature);
    const drops = Array.from({ length: nRepeats }, (_, repeat) => {
      const order = stream.stream(repeat).permutation(x.nRows);
      return improvement(scorer, whole, score(x.with([[feature, takeRows(column, order)]])));
    });
    return { feature, mean: mean(drops), std: standardDeviation(drops), drops };
  });
}

function requireFittedModel(model: FittedModel): void {
  const { predict, features } = (model ?? {}) as Partial<FittedModel>;
  const isFitted = typeof predict === 'function' && Array.isArray(features);
  requireParameter(isFitted, 'model', 'a fitted model, as fit returns it', model);
}

/** The target with all classes of the model: in the order of the labels, if they have the same, and else in its own. */
function askedTarget(model: FittedModel, y: TargetLike): Target {
  if (model.role !== 'classifier') return targetFor<Target>(model.role, y);
  const { classes } = model as FittedModel as FittedClassifier;
  const labels = Labels.from(y as LabelsLike);
  const isOfAll =
    labels.classes.length === classes.length && classes.every((each) => labels.classes.includes(each));
  return isOfAll ? labels : Labels.from(labels, classes);
}
