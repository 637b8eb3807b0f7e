import type { FitOptions, Table, TargetValuesLike } from '@churn/core';
import { FittedMeanRegressor, MeanRegressor } from './mean-regressor.js';

/** A `MeanRegressor` with two quantiles at fixed distances. */
export class BandRegressor extends MeanRegressor {
  constructor(
    slope: number,
    readonly below: number,
    readonly above: number,
  ) {
    super(slope);
  }

  override fit(x: Table, y: TargetValuesLike, options?: FitOptions): FittedMeanRegressor {
    const { mean, slope } = super.fit(x, y, options);
    return new FittedBandRegressor(mean, slope, this.below, this.above);
  }
}

class FittedBandRegressor extends FittedMeanRegressor {
  constructor(
    mean: number,
    slope: number,
    readonly below: number,
    readonly above: number,
  ) {
    super(mean, slope);
  }

  predictQuantiles(x: Table): Float64Array[] {
    const predicted = this.predict(x);
    return [
      predicted.map((value) => value - this.below),
      predicted,
      predicted.map((value) => value + this.above),
    ];
  }
}
