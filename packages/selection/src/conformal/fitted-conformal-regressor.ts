import {
  type Attributions,
  ChurnError,
  type FittedRegressor,
  type JsonObject,
  numberParameter,
  type OptionsOf,
  readOptions,
  requireParameter,
  savedPart,
  type Table,
  type TableSchema,
  withDefault,
} from '@churn/core';
import {
  type Band,
  bandOf,
  type ConformalPart,
  type ConformalScore,
  savedConformalPart,
} from './conformal-part.js';
import { unionRank } from './union-rank.js';

const parameters = {
  /** The share of intervals that contain the true value, between 0 and 1. Default 0.9. */
  coverage: withDefault(numberParameter({ above: 0, below: 1 }), 0.9),
};

export type PredictIntervalOptions = OptionsOf<typeof parameters>;

/** An interval for each row. */
export interface PredictionInterval {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** The products of shares and integers that are whole themselves are so to within this share. */
const ROUNDING = 1e-14;

/** A fitted conformal regressor. */
export class FittedConformalRegressor<F extends FittedRegressor = FittedRegressor>
  implements FittedRegressor
{
  readonly role = 'regressor';
  readonly type = 'ConformalRegressor';
  /** Those of the inner regressor, if it has them. */
  readonly attributions?: (x: Table) => Attributions;
  /** Those of the inner regressor, if it has them. */
  readonly importances?: () => Float64Array;

  constructor(
    /** The regressor. */
    readonly regressor: F,
    /** The parts of the intervals: one, or one per fold. */
    readonly parts: readonly [ConformalPart, ...ConformalPart[]],
    /** How errors are measured. */
    readonly score: ConformalScore,
  ) {
    requireParameter(regressor?.role === 'regressor', 'regressor', 'a fitted regressor', regressor);
    if (regressor.attributions) this.attributions = regressor.attributions.bind(regressor);
    if (regressor.importances) this.importances = regressor.importances.bind(regressor);
  }

  get state(): JsonObject {
    const { regressor, parts, score } = this;
    // Of a split, the one part predicts too.
    const own = parts.length > 1 && { regressor: savedPart(regressor) };
    return { score, ...own, parts: parts.map(savedConformalPart) };
  }

  get features(): readonly string[] {
    return this.regressor.features;
  }

  get schema(): TableSchema | undefined {
    return this.regressor.schema;
  }

  predict(x: Table): Float64Array {
    return this.regressor.predict(x);
  }

  /**
   * A prediction interval for each row, which contains its true value with the probability `coverage`; see `ConformalRegressor` for the
   * guarantee. With the score `'quantile'`, an interval whose upper end is below its lower end becomes the point midway between them.
   *
   * @throws `invalid-parameter` if too few rows were held out for this coverage.
   */
  predictInterval(x: Table, options?: PredictIntervalOptions): PredictionInterval {
    const { coverage } = readOptions(parameters, options);
    const { parts, score } = this;
    const n = parts.reduce((sum, { scores }) => sum + scores.length, 0);
    const rank = Math.ceil((n + 1) * coverage * (1 - ROUNDING));
    if (rank > n) {
      throw new ChurnError(
        'invalid-parameter',
        `coverage: expected at most ${n / (n + 1)} with ${n} rows held out, got ${coverage}`,
      );
    }
    const bands = parts.map((part) => bandOf(part, score, x));
    const outermost = (row: number, shift: (band: Band) => number) =>
      unionRank(
        bands.map((band, j) => ({ values: parts[j].scores, shift: shift(band), scale: band.scale[row] })),
        rank,
      );
    const low = new Float64Array(x.nRows);
    const high = new Float64Array(x.nRows);
    for (let row = 0; row < x.nRows; row++) {
      low[row] = -outermost(row, (band) => -band.low[row]);
      high[row] = outermost(row, (band) => band.high[row]);
      if (low[row] > high[row]) low[row] = high[row] = (low[row] + high[row]) / 2;
    }
    return { low, high };
  }
}
