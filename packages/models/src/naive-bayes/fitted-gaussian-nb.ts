import {
  type Attributions,
  type ClassLabel,
  type ClassProbabilities,
  checkedProbabilities,
  type FittedClassifier,
  likeliest,
  log,
  type StateReader,
  square,
  type Table,
  type TableSchema,
} from '@churn/core';
import { classProbabilities } from '../class-probabilities.js';
import { designMatrix } from '../design-matrix.js';
import { numericSchema } from '../numeric-schema.js';
import { areShares } from '../shares.js';

/** How the features of a class are distributed. */
export type ClassDistribution = {
  readonly means: readonly number[];
  /** Before smoothing, that is without `epsilon`. */
  readonly variances: readonly number[];
};

export type GaussianNBState = {
  readonly classes: readonly ClassLabel[];
  readonly features: readonly string[];
  /** The share of each class in the training rows, by their weights. */
  readonly shares: readonly number[];
  /** The prior probability of each class. */
  readonly priors: readonly number[];
  /** The constant added to all variances. */
  readonly epsilon: number;
  /** One per class; all zeros for a class without rows, which gets probability 0. */
  readonly distributions: readonly ClassDistribution[];
};

/** A fitted `GaussianNB`. */
export class FittedGaussianNB implements FittedClassifier {
  readonly role = 'classifier';
  readonly type = 'GaussianNB';

  constructor(readonly state: GaussianNBState) {}

  /** @throws `model-file` if `state` is not a state of this class. */
  static restore(state: StateReader): FittedGaussianNB {
    const classes = state.classes('classes');
    const features = state.names('features');
    state.expect(features.length > 0, 'features', 'one or more');
    const sharesOf = (key: string) => {
      const shares = state.numbers(key, { length: classes.length, from: 0, to: 1 });
      state.expect(areShares(shares), key, 'shares that add up to 1');
      return shares;
    };
    const shares = sharesOf('shares');
    const priors = sharesOf('priors');
    const isPossible = priors.some((prior, k) => prior > 0 && shares[k] > 0);
    state.expect(isPossible, 'priors', 'above 0 for a class that had rows');
    const length = features.length;
    const distributions = state.children('distributions').map((distribution) => ({
      means: distribution.numbers('means', { length }),
      variances: distribution.numbers('variances', { length, from: 0 }),
    }));
    state.expect(distributions.length === classes.length, 'distributions', 'one per class');
    const epsilon = state.number('epsilon', { above: 0 });
    return new FittedGaussianNB({ classes, features, shares, priors, epsilon, distributions });
  }

  get classes(): readonly ClassLabel[] {
    return this.state.classes;
  }

  get features(): readonly string[] {
    return this.state.features;
  }

  get schema(): TableSchema {
    return numericSchema(this.features);
  }

  /** @throws `invalid-data` for missing or infinite values, and for rows so far from all classes that no density is finite. */
  predictProba(x: Table): ClassProbabilities {
    const columns = designMatrix(x, this.features);
    const scores = this.classes.map((_, k) => {
      const sums = new Float64Array(x.nRows).fill(this.#logPrior(k));
      columns.forEach((column, j) => {
        const density = this.#logDensity(k, j);
        for (let row = 0; row < sums.length; row++) sums[row] += density(column[row]);
      });
      return sums;
    });
    const [first, second] = scores;
    const isTwo = scores.length === 2;
    const given = isTwo ? [second.map((score, row) => score - first[row])] : scores;
    return checkedProbabilities(x, this.features, classProbabilities(given));
  }

  predict(x: Table): ClassLabel[] {
    return likeliest(this.classes, this.predictProba(x));
  }

  /**
   * The contribution of each feature to the log-odds, relative to its mean over the training rows. It is exact, since the log-odds are a
   * sum over features. With more than two classes, the contributions are to the score of each class, minus the mean score of all classes.
   *
   * @throws as `predictProba` does.
   */
  attributions(x: Table): Attributions {
    const columns = designMatrix(x, this.features);
    const possible = this.classes.flatMap((_, k) => (this.#logPrior(k) > -Infinity ? [k] : []));
    const outputs = this.classes.length === 2 ? [1] : this.classes.map((_, k) => k);
    return {
      unit: 'log-odds',
      outputs: outputs.map((k) => {
        const others = this.classes.length === 2 ? [0] : possible;
        const less = (of: (k: number) => number) =>
          of(k) - others.reduce((sum, other) => sum + of(other), 0) / others.length;
        let baseline = less((c) => this.#logPrior(c));
        const contributions = columns.map((column, j) => {
          const densities = this.classes.map((_, c) => this.#logDensity(c, j));
          const mean = less((c) => this.#meanLogDensity(c, j));
          baseline += mean;
          return column.map((value) => less((c) => densities[c](value)) - mean);
        });
        return { baseline, contributions };
      }),
    };
  }

  #logPrior(k: number): number {
    const { shares, priors } = this.state;
    return shares[k] > 0 && priors[k] > 0 ? log(priors[k]) : -Infinity;
  }

  /** The logarithm of the normal density of a feature within a class, up to a constant. */
  #logDensity(k: number, j: number): (value: number) => number {
    const { distributions, epsilon } = this.state;
    const mean = distributions[k].means[j];
    const variance = distributions[k].variances[j] + epsilon;
    const logVariance = log(variance);
    return (value) => -(square(value - mean) / variance + logVariance) / 2;
  }

  /** The mean of `#logDensity` over the training rows. */
  #meanLogDensity(k: number, j: number): number {
    const { distributions, shares, epsilon } = this.state;
    const { means, variances } = distributions[k];
    const apart = distributions.reduce(
      (sum, other, c) => sum + shares[c] * (other.variances[j] + square(other.means[j] - means[j])),
      0,
    );
    const variance = variances[j] + epsilon;
    return -(apart / variance + log(variance)) / 2;
  }
}
