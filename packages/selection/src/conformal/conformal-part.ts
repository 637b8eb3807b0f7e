import {
  ChurnError,
  type FittedRegressor,
  type JsonObject,
  packArray,
  type Restorable,
  restorePart,
  type StateReader,
  savedPart,
  type Table,
} from '@churn/core';

/** How a score measures an error. */
export const SCORES = ['absolute', 'quantile'] as const;
export type ConformalScore = (typeof SCORES)[number];

/** A regressor that predicts several quantiles, an array each with a number per row, from the lowest to the highest. */
interface QuantileRegressor extends FittedRegressor {
  predictQuantiles?(x: Table): readonly Float64Array[];
}

/** A regressor, and how far off it was on held-out rows. */
export interface ConformalPart {
  readonly regressor: FittedRegressor;
  /** Predicts the size of errors, if they are measured by it. */
  readonly residualRegressor?: FittedRegressor | undefined;
  /** Errors are taken to be at least as large as this. */
  readonly leastResidual?: number | undefined;
  /** The scores of these rows, in ascending order. */
  readonly scores: Float64Array;
}

/** What is widened by a multiple of `scale` to an interval: an amount, or two quantiles. */
export interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly scale: Float64Array;
}

/** @throws `invalid-parameter` if quantiles are needed, and the regressor predicts fewer than two. */
export function bandOf(part: Omit<ConformalPart, 'scores'>, score: ConformalScore, x: Table): Band {
  const [low, high] = boundsOf(part.regressor, score, x);
  const { residualRegressor, leastResidual = 0 } = part;
  const scale = residualRegressor
    ? residualRegressor.predict(x).map((size) => Math.max(size, leastResidual))
    : new Float64Array(x.nRows).fill(1);
  return { low, high, scale };
}

function boundsOf(
  regressor: QuantileRegressor,
  score: ConformalScore,
  x: Table,
): readonly [Float64Array, Float64Array] {
  if (score === 'absolute') {
    const predicted = regressor.predict(x);
    return [predicted, predicted];
  }
  const quantiles = regressor.predictQuantiles?.(x) ?? [];
  if (quantiles.length >= 2) return [quantiles[0], quantiles[quantiles.length - 1]];
  throw new ChurnError(
    'invalid-parameter',
    `regressor: expected one that predicts two or more quantiles for the score 'quantile', got ${regressor.type}`,
  );
}

/** How far each target value is outside of a band (below 0 inside of it), in units of the scale; in ascending order. */
export function scoresOfBand({ low, high, scale }: Band, amounts: Float64Array): Float64Array {
  return amounts.map((y, row) => Math.max(low[row] - y, y - high[row]) / scale[row]).sort();
}

/** As plain JSON. */
export function savedConformalPart(part: ConformalPart): JsonObject {
  const { regressor, residualRegressor, leastResidual, scores } = part;
  return {
    regressor: savedPart(regressor),
    ...(residualRegressor && {
      residualRegressor: savedPart(residualRegressor),
      leastResidual: leastResidual ?? 0,
    }),
    nScores: scores.length,
    scores: packArray(scores),
  };
}

/** @throws `model-file` if the state is not one of a part. */
export function restoredConformalPart(
  state: StateReader,
  score: ConformalScore,
  classes: readonly Restorable[],
): ConformalPart {
  const length = state.integer('nScores', { from: 1 });
  const scores = state.packed('scores', Float64Array, { length, ...(score === 'absolute' && { from: 0 }) });
  const isSorted = scores.every((value, i) => i === 0 || scores[i - 1] <= value);
  state.expect(isSorted, 'scores', 'numbers in ascending order');
  const regressor = restorePart(state.child('regressor'), classes, 'regressor');
  if (!state.has('residualRegressor')) return { regressor, scores };
  const residualRegressor = restorePart(state.child('residualRegressor'), classes, 'regressor');
  const leastResidual = state.number('leastResidual', { above: 0 });
  return { regressor, residualRegressor, leastResidual, scores };
}
