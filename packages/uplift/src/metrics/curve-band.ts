import { integerParameter, type OptionsOf, Random, readOptions, withDefault } from '@churn/core';
import { confidenceLevelParameter } from '../confidence-level.js';
import type { OutcomeLike } from '../outcomes.js';
import { type ArmSums, curveOf, type UpliftCurve } from './arm-sums.js';
import { qini } from './qini-curve.js';
import { type RankedOutcomes, rankedOutcomes, type TreatedLike } from './ranked-outcomes.js';
import { cumulativeGain } from './uplift-curve.js';

const parameters = {
  /** The number of bootstrap resamples, stratified by arm. Default 200. */
  nResamples: withDefault(integerParameter({ from: 10 }), 200),
  /** The number of equal steps at which the band is computed. Default 50. */
  nSteps: withDefault(integerParameter({ from: 1 }), 50),
  confidenceLevel: confidenceLevelParameter(),
  /** The seed of the resamples. Default 0. */
  seed: withDefault(integerParameter({ from: 0 }), 0),
};

export type CurveBandOptions = OptionsOf<typeof parameters>;

/** A pointwise confidence band of a curve. */
export interface CurveBand {
  /** The number of selected rows, from 0 to all. */
  readonly nListed: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/**
 * The pointwise confidence band of a Qini curve, by resampling the rows of each arm (the percentile bootstrap of Efron, 1979). The fitted model
 * is held fixed.
 *
 * @throws as `qiniCurve`; `invalid-parameter` if an option is invalid.
 */
export function qiniBand(
  y: OutcomeLike,
  uplift: ArrayLike<number>,
  treated: TreatedLike,
  options?: CurveBandOptions,
): CurveBand {
  return bandOf(rankedOutcomes(y, uplift, treated), qini, options);
}

/**
 * The pointwise confidence band of an uplift curve, computed as in `qiniBand`.
 *
 * @throws as `qiniBand`.
 */
export function upliftBand(
  y: OutcomeLike,
  uplift: ArrayLike<number>,
  treated: TreatedLike,
  options?: CurveBandOptions,
): CurveBand {
  return bandOf(rankedOutcomes(y, uplift, treated), cumulativeGain, options);
}

function bandOf(
  ranked: RankedOutcomes,
  valueAt: (sums: ArmSums) => number,
  options: CurveBandOptions | undefined,
): CurveBand {
  const { nResamples, nSteps, confidenceLevel, seed } = readOptions(parameters, options);
  const n = ranked.treated.length;
  const random = new Random(seed).stream('curveBand');
  const nListed = Float64Array.from({ length: nSteps + 1 }, (_, k) => (k * n) / nSteps);
  const values = Array.from(nListed, () => new Float64Array(nResamples));
  const arms = [0, 1].map((arm) =>
    Int32Array.from(ranked.treated.keys()).filter((row) => ranked.treated[row] === arm),
  );
  const counts = new Int32Array(n);
  for (let i = 0; i < nResamples; i++) {
    counts.fill(0);
    for (const rows of arms) for (let k = 0; k < rows.length; k++) counts[rows[random.int(rows.length)]]++;
    const curve = curveOf(ranked, valueAt, counts);
    valuesAt(nListed, curve).forEach((value, k) => {
      values[k][i] = value;
    });
  }
  const tail = (1 - confidenceLevel) / 2;
  const quantile = (share: number) =>
    Float64Array.from(values, (each) => each.sort()[Math.round(share * (nResamples - 1))]);
  return { nListed, low: quantile(tail), high: quantile(1 - tail) };
}

/** The curve at ascending numbers of selected rows, by linear interpolation. */
function valuesAt(lengths: Float64Array, { nListed, values }: UpliftCurve): Float64Array {
  let next = 1;
  return lengths.map((length) => {
    while (next < nListed.length - 1 && nListed[next] < length) next++;
    const share = (length - nListed[next - 1]) / (nListed[next] - nListed[next - 1]);
    return values[next - 1] + share * (values[next] - values[next - 1]);
  });
}
