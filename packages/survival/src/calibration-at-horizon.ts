import {
  Durations,
  type DurationsLike,
  integerParameter,
  type OptionsOf,
  pow,
  readOptions,
  requireParameter,
  withDefault,
} from '@churn/core';
import { isProbability, requireNumbers } from './checked-columns.js';
import { curveParameters } from './curve-options.js';
import { kaplanMeier } from './kaplan-meier.js';
import { ascending } from './ranks.js';
import { weightsOf } from './sample-weight.js';
import { lastStep } from './step-function.js';

const parameters = {
  /** The weight of each row, a non-negative number; a row of weight 2 counts as two equal rows. Default 1 for each. */
  sampleWeight: curveParameters.sampleWeight,
  /** The share of intervals that hold the true value: above 0 and below 1. Default 0.95. */
  confidence: curveParameters.confidence,
  /** The number of quantile bins, at least 1. Equal probabilities stay together. Default 10. */
  nBins: withDefault(integerParameter({ from: 1 }), 10),
};

export type CalibrationAtHorizonOptions = OptionsOf<typeof parameters>;

/** Predicted and observed event shares of a bin of rows. */
export interface HorizonBin {
  /** The mean of the predicted probabilities. */
  readonly predicted: number;
  /** The share that had the event up to the horizon, by the Kaplan-Meier estimate. */
  readonly observed: number;
  /** The ends of the interval of `observed`. */
  readonly lower: number;
  readonly upper: number;
  /** The sum of the weights: how many rows there are, if they have none. */
  readonly count: number;
}

/**
 * Compares predicted event probabilities up to a horizon with observations: in each bin of similar probabilities, their mean with one
 * minus the Kaplan–Meier estimate at the horizon. Left-truncated rows count from their entry on. If a bin is not observed until the
 * horizon, its last value is used. In a bin without an event up to the horizon the interval is that of Clopper and Pearson (1934) for
 * none of the rows that were observed up to it.
 *
 * @param probabilities of the event up to the horizon, one per row: one less the survival that a model predicts.
 * @param horizon in the units of the durations, above 0 and at most the last duration.
 * @returns the bins in ascending order of their predictions.
 * @throws `invalid-data` if there is not one probability per row; `invalid-parameter`, naming the option or the horizon.
 */
export function calibrationAtHorizon(
  y: DurationsLike,
  probabilities: ArrayLike<number>,
  horizon: number,
  options?: CalibrationAtHorizonOptions,
): HorizonBin[] {
  const { sampleWeight, nBins, confidence } = readOptions(parameters, options);
  const durations = Durations.from(y);
  const weights = weightsOf(durations, sampleWeight);
  requireNumbers(probabilities, durations.length, 'a probability from 0 to 1', isProbability);
  const last = durations.values.reduce((a, b) => Math.max(a, b));
  requireParameter(horizon > 0 && horizon <= last, 'horizon', `a number above 0, at most ${last}`, horizon);
  const order = ascending(probabilities).filter((row) => weights[row] > 0);
  const bins: HorizonBin[] = [];
  for (let from = 0, bin = 1; bin <= nBins; bin++) {
    let to = Math.max(from, Math.round((bin * order.length) / nBins));
    while (to > from && to < order.length && probabilities[order[to]] === probabilities[order[to - 1]]) to++;
    if (to > from) bins.push(binOf(order.subarray(from, to)));
    from = to;
  }
  return bins;

  function binOf(rows: Uint32Array): HorizonBin {
    const ofBin = Float64Array.from(rows, (row) => weights[row]);
    const curve = kaplanMeier(durations.take(rows), { sampleWeight: ofBin, confidence });
    const place = lastStep(curve.times, horizon);
    const count = ofBin.reduce((sum, weight) => sum + weight, 0);
    const sum = rows.reduce((total, row, i) => total + ofBin[i] * probabilities[row], 0);
    const observed = 1 - (curve.survival[place] ?? 1);
    if (observed === 0) {
      return { predicted: sum / count, observed, lower: 0, upper: upperOfNone(rows, ofBin), count };
    }
    return {
      predicted: sum / count,
      observed,
      lower: 1 - curve.upper[place],
      upper: 1 - curve.lower[place],
      count,
    };
  }

  /** The share that may have the event though none of those observed up to the horizon has it: its variance is 0, and tells nothing. */
  function upperOfNone(rows: Uint32Array, ofBin: Float64Array): number {
    const observed = rows.reduce(
      (total, row, i) => total + (durations.values[row] >= horizon ? ofBin[i] : 0),
      0,
    );
    return observed > 0 ? 1 - pow((1 - confidence) / 2, 1 / observed) : 1;
  }
}
