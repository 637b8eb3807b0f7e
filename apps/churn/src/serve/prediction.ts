import { intervalEnds } from '../model/value-interval.js';
import type { ScoringModel, SurvivalScoringModel, ValueScoringModel } from '../scoring/scoring-model.js';

/** The predicted class of a row, with probabilities. */
export interface ClassPrediction {
  /** For two classes, that of the second; for more, that of the prediction. */
  readonly probability: number;
  readonly prediction: string;
  /** The threshold of the row's group, if thresholds are by group. */
  readonly threshold?: number;
  /** For more than two classes, the probability of each. */
  readonly probabilities?: Readonly<Record<string, number>>;
  /** The decrease of the probability by the treatment, if the model predicts it. */
  readonly uplift?: number;
}

/** The predicted value of a row. */
export interface ValuePrediction {
  readonly prediction: number;
  /** The ends of its interval, if known. */
  readonly low?: number;
  readonly high?: number;
}

/** The predicted time to the event of a row, from now. */
export interface TimePrediction {
  /** The probability of the event within each horizon, by horizon. */
  readonly within: Readonly<Record<string, number>>;
  /** The expected time to the event, restricted to the last event time of the model. */
  readonly expectedTime: number;
  /** The time within which it occurs with a probability of one half; `null` if that is beyond the last event time of the model. */
  readonly medianTime: number | null;
}

/** A prediction in a response. */
export type Prediction = ClassPrediction | ValuePrediction | TimePrediction;

/**
 * @param probabilities an array per class.
 * @param called the predicted class of each row, as an index.
 * @param details optional parts of the predictions: the threshold of each row's group, and its uplift.
 */
export function classPredictions(
  probabilities: readonly Float64Array[],
  called: Int32Array,
  { classes }: Pick<ScoringModel, 'classes'>,
  { thresholds, uplift }: { readonly thresholds?: Float64Array; readonly uplift?: Float64Array } = {},
): ClassPrediction[] {
  return Array.from(called, (code, row): ClassPrediction => {
    const prediction = classes[code];
    if (classes.length === 2) {
      return {
        ...{ probability: probabilities[1][row], prediction },
        ...(thresholds && { threshold: thresholds[row] }),
        ...(uplift && { uplift: uplift[row] }),
      };
    }
    const all = classes.map((label, k): [string, number] => [label, probabilities[k][row]]);
    return { probability: probabilities[code][row], prediction, probabilities: Object.fromEntries(all) };
  });
}

export function valuePredictions(
  values: Float64Array,
  { interval }: Pick<ValueScoringModel, 'interval'>,
): ValuePrediction[] {
  const ends = interval && intervalEnds(interval, values);
  return Array.from(values, (prediction, row) =>
    ends ? { prediction, low: ends.low[row], high: ends.high[row] } : { prediction },
  );
}

/** @param times as returned by `timesOf`. */
export function timePredictions(
  times: readonly Float64Array[],
  { durations: { horizons } }: Pick<SurvivalScoringModel, 'durations'>,
): TimePrediction[] {
  const [expected, median] = times.slice(horizons.length);
  return Array.from(expected, (expectedTime, row) => ({
    within: Object.fromEntries(horizons.map((horizon, h) => [String(horizon), times[h][row]])),
    expectedTime,
    medianTime: Number.isNaN(median[row]) ? null : median[row],
  }));
}
