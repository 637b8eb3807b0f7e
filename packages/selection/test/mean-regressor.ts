import {
  type FitOptions,
  type FittedRegressor,
  type JsonObject,
  type Regressor,
  requireTargetPerRow,
  type StateReader,
  sampleWeights,
  type Table,
  TargetValues,
  type TargetValuesLike,
} from '@churn/core';

/** Predicts the weighted mean of the target values, and `slope` times the column `a` if there is one. */
export class MeanRegressor implements Regressor<FittedMeanRegressor> {
  readonly role = 'regressor';
  static readonly type = 'MeanRegressor';

  constructor(readonly slope = 0) {}

  static restore(state: StateReader): FittedMeanRegressor {
    return new FittedMeanRegressor(state.number('mean'), state.number('slope'));
  }

  fit(x: Table, y: TargetValuesLike, options: FitOptions = {}): FittedMeanRegressor {
    const amounts = TargetValues.from(y);
    requireTargetPerRow(x, amounts);
    const weights = sampleWeights(options, x.nRows) ?? new Float64Array(x.nRows).fill(1);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = amounts.values.reduce((sum, value, row) => sum + weights[row] * value, 0) / total;
    return new FittedMeanRegressor(mean, this.slope);
  }
}

export class FittedMeanRegressor implements FittedRegressor {
  readonly role = 'regressor';
  readonly type = MeanRegressor.type;
  readonly features: readonly string[];

  constructor(
    readonly mean: number,
    readonly slope: number,
  ) {
    this.features = slope === 0 ? [] : ['a'];
  }

  get state(): JsonObject {
    return { mean: this.mean, slope: this.slope };
  }

  predict(x: Table): Float64Array {
    if (this.slope === 0) return new Float64Array(x.nRows).fill(this.mean);
    return x.numeric('a').map((value) => this.mean + this.slope * value);
  }
}
