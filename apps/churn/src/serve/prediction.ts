import type { ScoringModel, ValueScoringModel } from '../scoring/scoring-model.js';

/** What a row is called, and how sure the model is. */
export interface ClassPrediction {
  /** Of two classes that of the second, of more that of the prediction. */
  readonly probability: number;
  readonly prediction: string;
  /** Of more than two classes, that of each. */
  readonly probabilities?: Readonly<Record<string, number>>;
}

/** The value that is predicted of a row. */
export interface ValuePrediction {
  readonly prediction: number;
  /** The ends of its interval, where the model knows one. */
  readonly low?: number;
  readonly high?: number;
}

/** What a service answers about a row. */
export type Prediction = ClassPrediction | ValuePrediction;

/** @param probabilities an array a class. */
export function classPredictions(
  probabilities: readonly Float64Array[],
  { classes, decide }: Pick<ScoringModel, 'classes' | 'decide'>,
): ClassPrediction[] {
  return Array.from(decide(probabilities), (code, row): ClassPrediction => {
    const prediction = classes[code];
    if (classes.length === 2) return { probability: probabilities[1][row], prediction };
    const all = classes.map((label, k): [string, number] => [label, probabilities[k][row]]);
    return { probability: probabilities[code][row], prediction, probabilities: Object.fromEntries(all) };
  });
}

export function valuePredictions(
  values: Float64Array,
  { interval }: Pick<ValueScoringModel, 'interval'>,
): ValuePrediction[] {
  return Array.from(values, (prediction) =>
    interval
      ? { prediction, low: prediction + interval.low, high: prediction + interval.high }
      : { prediction },
  );
}
