import {
  ChurnError,
  type Classifier,
  classLabels,
  type FitOptions,
  type Labels,
  type LabelsLike,
  numberParameter,
  type OptionsOf,
  orNull,
  readOptions,
  recordOf,
  requireParameter,
  type SettingsOf,
  type StateReader,
  sampleWeights,
  square,
  type Table,
  withDefault,
  withGrid,
} from '@churn/core';
import { designMatrix } from '../design-matrix.js';
import { areShares } from '../shares.js';
import { inUnit, weightUnit } from '../weight-unit.js';
import { type ClassDistribution, FittedGaussianNB } from './fitted-gaussian-nb.js';

const parameters = {
  /** The prior probability of each class, by its label; `null` (default) for its share of the training rows. */
  priors: withDefault(orNull(recordOf(numberParameter({ from: 0, to: 1 }))), null),
  /** The constant added to all variances, as a share of the largest variance of a feature. Default 1e-9. */
  varSmoothing: withGrid(withDefault(numberParameter({ above: 0 }), 1e-9), [1e-9, 1e-3, 0.1]),
};

export type GaussianNBOptions = OptionsOf<typeof parameters>;

/**
 * Gaussian naive Bayes: assumes that within each class every feature is normally distributed and independent of the others, so that the
 * log-odds of a row are a sum over its features.
 *
 * It fits in one pass and is rarely the best model, but its errors differ from those of others. Skewed and binary columns are far from
 * normal: transform skewed ones, and encode categories as ratios rather than as columns of 0 and 1.
 *
 * ```ts
 * new GaussianNB({ varSmoothing: 1e-3 }).fit(x, churned).predictProba(x);
 * ```
 */
export class GaussianNB implements Classifier<FittedGaussianNB> {
  readonly role = 'classifier';
  static readonly type = 'GaussianNB';
  static readonly parameters = parameters;
  static readonly accepts = { missing: false, categories: false, sampleWeight: true };
  readonly options: SettingsOf<typeof parameters>;

  /** @throws `invalid-parameter`, naming the parameter. */
  constructor(options?: GaussianNBOptions) {
    this.options = readOptions(parameters, options);
  }

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedGaussianNB {
    return FittedGaussianNB.restore(state);
  }

  /**
   * @throws `invalid-target` if fewer than two classes have rows; `invalid-data` if `x` has no columns, missing or infinite values, values
   * whose variance overflows, or differs in length from `y`; `column-kind` if it has categories; `invalid-parameter` if `priors` are not
   * one per class.
   */
  fit(x: Table, y: LabelsLike, options: FitOptions = {}): FittedGaussianNB {
    const labels = classLabels(y, x);
    const columns = designMatrix(x, x.names);
    if (columns.length === 0) throw new ChurnError('invalid-data', 'expected feature columns, got none');
    const given = sampleWeights(options, x.nRows) ?? new Float64Array(x.nRows).fill(1);
    const weights = inUnit(given, weightUnit(given));
    const all = distributionOf(columns, weights);
    const tooWide = all.variances.findIndex((variance) => !Number.isFinite(variance));
    if (tooWide >= 0) {
      const name = JSON.stringify(x.names[tooWide]);
      throw new ChurnError(
        'invalid-data',
        `column ${name}: expected values whose variance is a number; scale them`,
      );
    }
    const total = sumOf(weights);
    const ofClasses = labels.classes.map((_, code) =>
      weights.map((w, row) => (labels.codes[row] === code ? w : 0)),
    );
    const shares = ofClasses.map((ofClass) => sumOf(ofClass) / total);
    return new FittedGaussianNB({
      classes: labels.classes,
      features: x.names,
      shares,
      priors: this.#priors(labels) ?? shares,
      // If all columns are constant, any number will do: all classes have the same densities.
      epsilon: this.options.varSmoothing * Math.max(...all.variances) || 1,
      distributions: ofClasses.map((ofClass) => distributionOf(columns, ofClass)),
    });
  }

  #priors({ classes }: Labels): number[] | null {
    const { priors } = this.options;
    if (priors === null) return null;
    const names = classes.map(String);
    const isOneEach =
      Object.keys(priors).length === names.length && names.every((name) => Object.hasOwn(priors, name));
    const each = isOneEach ? names.map((name) => priors[name]) : [];
    requireParameter(
      areShares(each),
      'priors',
      `one of each class ${names.join(', ')}, which add up to 1`,
      priors,
    );
    return each;
  }
}

/** The weighted mean and variance of each column; 0 if all weights are 0. */
function distributionOf(columns: readonly Float64Array[], weights: Float64Array): ClassDistribution {
  const total = sumOf(weights) || 1;
  const mean = (of: (row: number) => number) =>
    weights.reduce((sum, w, row) => sum + (w / total) * of(row), 0);
  const means = columns.map((column) => mean((row) => column[row]));
  // In a second pass: the mean of squares minus the squared mean would cancel if the mean is far from 0.
  const variances = columns.map((column, j) => mean((row) => square(column[row] - means[j])));
  return { means, variances };
}

function sumOf(weights: Float64Array): number {
  return weights.reduce((sum, weight) => sum + weight, 0);
}
