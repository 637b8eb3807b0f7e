import { intervalEnds } from '../model/value-interval.js';
import type { ScoringModel, SurvivalScoringModel, ValueScoringModel } from '../scoring/scoring-model.js';

/** What a row is called, and how sure the model is. */
export interface ClassPrediction {
  /** Of two classes that of the second, of more that of the prediction. */
  readonly probability: number;
  readonly prediction: string;
  /** From which probability on the row is called the second class, where that goes by its group. */
  readonly threshold?: number;
  /** Of more than two classes, that of each. */
  readonly probabilities?: Readonly<Record<string, number>>;
  /** By how much the treatment lowers the probability, where the model tells it. */
  readonly uplift?: number;
}

/** The value that is predicted of a row. */
export interface ValuePrediction {
  readonly prediction: number;
  /** The ends of its interval, where the model knows one. */
  readonly low?: number;
  readonly high?: number;
}

/** When the event of a row is predicted to come, from now on. */
export interface TimePrediction {
  /** The probability that it comes within each horizon, by the horizon. */
  readonly within: Readonly<Record<string, number>>;
  /** The expected time until then, which is followed up to the last time that the model knows. */
  readonly expectedTime: number;
  /** The time within which it comes with a probability of one half; `null` where that is later than the model knows. */
  readonly medianTime: number | null;
}

/** What a service answers about a row. */
export type Prediction = ClassPrediction | ValuePrediction | TimePrediction;

/**
 * @param probabilities one array per class.
 * @param called what each row is called, as its place among the classes.
 * @param details what the model may tell of each row: the threshold of its group, and its uplift.
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

/** @param times as `timesOf` gives them. */
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
